package com.flashsale.inventory.stock;

import static com.flashsale.inventory.Units.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Units;
import com.flashsale.platform.test.ServiceTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class AllotUnitsIT {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Stocks stocks;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void the_first_news_of_a_sale_allots_its_units_and_tells_so() {
        var sale = Units.of(jdbc, Catalog.sale(100));

        assertThat(sale.audit()).returns(100, Units.Audit::allotted).returns(0, Units.Audit::reserved);
        await().untilAsserted(() -> assertThat(sale.stockChanges())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.type()).isEqualTo("com.flashsale.inventory.stock.changed.v1");
                    assertThat(event.data().get("available").asInt()).isEqualTo(100);
                    assertThat(event.data().get("version").asLong()).isEqualTo(1);
                }));
        sale.audit().assertBalanced();
    }

    @Test
    void news_delivered_twice_allots_once() {
        var catalog = Catalog.sale(7);
        var messageId = catalog.tell("scheduled");
        catalog.tell("scheduled", messageId);
        catalog.tell("scheduled");
        var sale = new Units(jdbc, catalog.saleId());
        awaitHeard(catalog);

        assertThat(sale.audit()).returns(7, Units.Audit::allotted);
        sale.audit().assertBalanced();
        await().untilAsserted(() -> assertThat(sale.stockChanges()).hasSize(1));
    }

    @Test
    void later_versions_change_the_terms_and_never_the_units() {
        var catalog = Catalog.sale(10);
        var sale = Units.of(jdbc, catalog);
        catalog.with("version", 3)
                .with("allotted", 999)
                .with("purchaseLimit", 5)
                .with("holdDuration", "PT30S")
                .tell("changed");
        catalog.with("version", 2).with("purchaseLimit", 1).tell("paused");
        awaitHeard(catalog);

        assertThat(termsOf(catalog))
                .returns(3L, SaleTerms::version)
                .returns(5, SaleTerms::purchaseLimit)
                .returns(Duration.ofSeconds(30), SaleTerms::holdDuration);
        assertThat(sale.audit()).returns(10, Units.Audit::allotted);
    }

    @Test
    void the_end_of_a_sale_is_one_of_its_terms() {
        var catalog = Catalog.sale(10);
        Units.of(jdbc, catalog);
        catalog.with("version", 2).with("endedAt", "2026-11-27T12:00:00Z").tell("ended");

        await().untilAsserted(() -> assertThat(termsOf(catalog).endedAt()).hasToString("2026-11-27T12:00:00Z"));
    }

    private void awaitHeard(Catalog catalog) {
        var marker = new Units(jdbc, catalog.tellMarker());
        await().untilAsserted(() -> assertThat(marker.isKnown()).isTrue());
    }

    private SaleTerms termsOf(Catalog catalog) {
        var sale = new SaleId(catalog.saleId());
        return transaction.execute(_ -> stocks.lock(List.of(sale)).get(sale).terms());
    }
}
