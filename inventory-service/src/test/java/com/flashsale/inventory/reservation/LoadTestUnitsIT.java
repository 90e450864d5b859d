package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.Units.await;
import static com.flashsale.inventory.Units.awaitTold;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Orders;
import com.flashsale.inventory.Orders.Order;
import com.flashsale.inventory.Units;
import com.flashsale.platform.loadtest.PurgeRun;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Units of a load test's sale go to its own orders, and everything that becomes of them carries its name. */
@ServiceTest
class LoadTestUnitsIT {

    private static final List<String> TABLES = List.of("stock", "reservation", "ledger", "refused_order");

    private final String run = "evening-" + UUID.randomUUID();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PurgeRun purgeRun;

    @Test
    void orders_of_the_other_side_get_nothing_even_if_they_come_this_far() {
        var realSale = Units.of(jdbc, Catalog.sale(5));
        var sale = aTaggedSale(5);
        var strayed = place(realSale.saleId(), run);
        var lost = place(sale.saleId(), null);
        var ofAnotherRun = place(sale.saleId(), "other");
        for (var order : List.of(strayed, lost, ofAnotherRun)) awaitTold(order, "refused");
        realSale.awaitUnits(0, 0);
        sale.awaitUnits(0, 0);
        awaitTold(place(sale.saleId(), run), "held");
        sale.awaitUnits(1, 0);
    }

    @Test
    void its_sale_and_messages_carry_its_name_also_when_time_is_up() {
        var sale = aTaggedSale(5);
        var paid = place(sale.saleId(), run);
        awaitTold(paid, "held");
        // a message whose sender forgot the name changes nothing about whose unit it is
        new Orders(sale.saleId()).pay(paid);
        var expired = place(sale.saleId(), run);
        awaitTold(expired, "held");
        sale.holdEnded(expired, 60);
        awaitTold(expired, "held", "expired");
        awaitTold(paid, "held", "confirmed");
        for (var event : sale.toldAboutSale()) assertThat(event.headers()).containsEntry("loadtest", run);
        for (var event : sale.stockChanges()) assertThat(event.headers()).containsEntry("loadtest", run);
        assertThat(rows("stock", sale.saleId(), "load_test = '" + run + "'")).isEqualTo(1);
    }

    @Test
    void purged_it_is_gone_and_the_compacted_topic_is_told() {
        var realSale = Units.of(jdbc, Catalog.sale(5));
        awaitTold(place(realSale.saleId(), null), "held");
        awaitTold(place(realSale.saleId(), run), "refused");
        var sale = aTaggedSale(5);
        awaitTold(place(sale.saleId(), run), "held");
        awaitTold(place(sale.saleId(), null), "refused");
        asTheVersionBeforeWrites(sale.saleId());
        var report = purgeRun.purge(run);
        assertThat(report.tables()).allSatisfy(table -> {
            assertThat(table.left()).isZero();
            assertThat(table.after()).isEqualTo(table.before());
        });
        assertThat(report.tables()).extracting(PurgeRun.Table::name).containsAll(TABLES);
        for (var table : TABLES) {
            assertThat(rows(table, sale.saleId(), "true")).as(table).isZero();
            assertThat(rows(table, realSale.saleId(), "true")).as(table).isPositive();
        }
        realSale.awaitUnits(1, 0);
        var last = TestKafka.events("inventory.stock", sale.saleId().toString()).getLast();
        assertThat(last.data().isNull()).isTrue();
        assertThat(last.headers()).containsEntry("loadtest", run);
    }

    /** Each of its rows had the tag of the sale. */
    private void asTheVersionBeforeWrites(UUID sale) {
        jdbc.sql("""
                insert into refused_order (order_id, sale_id, load_test)
                values (gen_random_uuid(), :sale, :run)
                """).param("sale", sale).param("run", run).update();
    }

    private Units aTaggedSale(int allotted) {
        var sale = Catalog.sale(allotted);
        sale.tellInLoadTest(run, "scheduled");
        var units = new Units(jdbc, sale.saleId());
        await().until(units::isKnown);
        return units;
    }

    private static Order place(UUID sale, @Nullable String loadTest) {
        var order = Order.of(1);
        if (loadTest == null) return new Orders(sale).place(order);
        var data = new HashMap<String, Object>(Map.of(
                "orderId", order.id(),
                "saleId", sale,
                "customerId", order.customerId(),
                "quantity", order.quantity(),
                "admissionId", UUID.randomUUID(),
                "placedAt", Instant.now().toString()));
        TestKafka.produceTagged(loadTest, Orders.TOPIC, sale.toString(), "com.flashsale.order.order.placed.v1", data);
        return order;
    }

    private int rows(String table, UUID sale, String condition) {
        return jdbc.sql("select count(*) from " + table + " where sale_id = :sale and " + condition)
                .param("sale", sale)
                .query(Integer.class)
                .single();
    }
}
