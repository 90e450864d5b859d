package com.flashsale.order;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.Shopper.Answer;
import com.flashsale.platform.time.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

class SaleFactsIT extends OrderServiceIT {

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    void an_older_fact_never_replaces_a_newer_one() {
        var sale = anOpenSale();
        Catalog.says("changed", with(sale, 3, "purchaseLimit", 7));
        Catalog.says("changed", with(sale, 2, "purchaseLimit", 9));
        Catalog.says("changed", with(sale, 3, "purchaseLimit", 8));
        Catalog.says("changed", with(sale, 4, "price", Map.of("amount", "5.00", "currency", "EUR")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(versionOf(sale)).isEqualTo(4));

        assertThat(count("select purchase_limit from sale where id = ?", sale)).isEqualTo(2);
        assertThat(count("select price_minor from sale where id = ?", sale)).isEqualTo(500);
    }

    @Test
    void an_unreadable_fact_does_not_keep_the_others_from_us() {
        var broken = Catalog.facts(anOldSaleId(), 1);
        broken.put("price", "expensive");
        Catalog.says("scheduled", broken);
        Catalog.says("praised", Catalog.facts(anOldSaleId(), 1));

        assertThat(versionOf(anOpenSale())).isEqualTo(1);
        assertThat(versionOf((UUID) broken.get("saleId"))).isZero();
    }

    @Test
    void an_order_waits_a_moment_for_the_fact_of_a_sale_that_was_made_just_now() {
        var shopper = aShopper();
        var sale = Ids.next();
        List<Callable<Answer>> atOnce = List.of(() -> shopper.order(sale, 1, admission(sale, shopper.id())), () -> {
            Catalog.says("scheduled", Catalog.facts(sale, 1));
            return null;
        });

        assertThat(allAtOnce(atOnce).getFirst().status()).isEqualTo(202);
    }

    @Test
    void it_does_not_wait_for_ever() {
        var shopper = aShopper();
        var sale = Ids.next();

        var refused = shopper.order(sale, 1, admission(sale, shopper.id()));

        assertThat(refused.code()).isEqualTo("SALE_NOT_FOUND");
    }

    @Test
    void every_replica_sees_a_pause_within_two_seconds() {
        var shopper = aShopper();
        var sale = anOpenSale();
        try (var replica = SecondReplica.beside(context)) {
            var there = shopper.movedTo(replica.address());
            assertThat(there.order(sale, 1, admission(sale, shopper.id())).status())
                    .isEqualTo(202);
            assertThat(shopper.order(sale, 1, admission(sale, shopper.id())).status())
                    .isEqualTo(202);

            Catalog.says("paused", with(sale, 2, "paused", true));
            await().atMost(PATIENCE).until(() -> versionOf(sale) == 2);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(there.order(sale, 1, admission(sale, shopper.id())).code())
                        .isEqualTo("SALE_PAUSED");
                assertThat(shopper.order(sale, 1, admission(sale, shopper.id())).code())
                        .isEqualTo("SALE_PAUSED");
            });
        }
    }

    private static Map<String, Object> with(UUID sale, long version, String name, Object value) {
        var facts = Catalog.facts(sale, version);
        facts.put(name, value);
        return facts;
    }
}
