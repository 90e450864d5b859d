package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many at once, past the gateway, at two replicas of order-service and two of inventory-service. */
class RaceIT {

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final Admissions admissions = new Admissions("k1:" + platform.secret("admission-key.k1"));

    @Test
    void five_hundred_buyers_of_ten_units_reserve_exactly_ten_and_the_sum_holds_at_every_snapshot() throws Exception {
        var sale = shop.openSale(10);
        var buyers = shop.shoppers(500);
        try (var sampler = new ConservationSampler(platform, sale)) {
            var answers = AllAtOnce.run(500, i -> {
                var buyer = buyers.get(i);
                var replica = platform.orderService(1 + i % 2);
                var key = UUID.randomUUID().toString();
                var admission = admissions.of(buyer, sale);
                var answer = Shop.orderAt(replica, buyer, sale, admission, key);
                for (int attempt = 0; answer.status() == 503 && attempt < 20; attempt++) {
                    answer = Shop.orderAt(replica, buyer, sale, admission, key);
                }
                return answer;
            });
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as("%s", answer).isEqualTo(202));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(platform.count(
                                    "orders",
                                    "select count(*) from orders where sale_id = ? and state <> 'PLACED'",
                                    sale))
                            .isEqualTo(500));
            assertThat(sampler.samples()).isPositive();
            assertThat(sampler.violations()).isEmpty();
        }
        assertThat(platform.units(sale)).isEqualTo(new Units(10, 10, 0));
        assertThat(ordersIn(sale, "RESERVED")).isEqualTo(10);
        assertThat(ordersIn(sale, "REFUSED")).isEqualTo(490);
    }

    @Test
    void the_same_key_twenty_times_in_parallel_makes_one_order_and_equal_answers() {
        var sale = shop.openSale(5);
        var ada = shop.shopper();
        var key = UUID.randomUUID().toString();
        var admission = admissions.of(ada, sale);
        var answers = AllAtOnce.run(20, i -> Shop.orderAt(platform.orderService(1 + i % 2), ada, sale, admission, key));

        var accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
        assertThat(accepted).isNotEmpty();
        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() == 409) answer.isProblem(409, "idempotency-key-in-use");
            else assertThat(answer.is(202).sameBytesAs(accepted.getFirst())).isTrue();
        });
        assertThat(accepted.stream()
                        .filter(answer -> answer.header("idempotency-replayed").isEmpty()))
                .hasSize(1);
        assertThat(platform.count("orders", "select count(*) from orders where sale_id = ?", sale))
                .isEqualTo(1);

        var other = Map.of("saleId", sale, "quantity", 2, "admission", admission);
        shop.api
                .post("/api/v1/orders", ada.token(), other, Map.of("Idempotency-Key", key))
                .isProblem(422, "idempotency-key-reused");
        shop.api.post("/api/v1/orders", ada.token(), other).isProblem(400, "idempotency-key-missing");
        assertThat(platform.count("orders", "select count(*) from orders where sale_id = ?", sale))
                .isEqualTo(1);
    }

    @Test
    void an_admission_is_good_for_one_order_however_many_replicas_see_it() {
        var sale = shop.openSale(50);
        var ada = shop.shopper();
        var admission = admissions.of(ada, sale);
        var answers = AllAtOnce.run(
                40,
                i -> Shop.orderAt(
                        platform.orderService(1 + i % 2),
                        ada,
                        sale,
                        admission,
                        UUID.randomUUID().toString()));
        assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 202))
                .allSatisfy(answer -> answer.isProblem(403, "admission-invalid"));
        assertThat(platform.count("orders", "select count(*) from orders where sale_id = ?", sale))
                .isEqualTo(1);
    }

    private long ordersIn(String sale, String state) {
        return platform.count(
                "orders", "select count(*) from orders where state = '" + state + "' and sale_id = ?", sale);
    }
}
