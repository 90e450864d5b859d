package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Processes are frozen or killed while people buy. */
class OutageIT {

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    /**
     * The processes are frozen, not ended: the supervisor does not restart a frozen process, and a dependency that
     * hangs is worse than one that is gone.
     */
    @Test
    void a_customer_with_a_token_still_buys_while_catalog_auth_and_eureka_are_gone() throws Exception {
        var sale = shop.openSale(3);
        var ada = shop.shopper();
        var warm = shop.shopper();
        shop.pay(warm, shop.reservedOrder(warm, sale), "test-approve").is(202);
        var frozen = Stream.of("catalog-service", "auth-service", "discovery")
                .flatMap(service -> platform.pids(service).stream())
                .toList();
        assertThat(frozen).hasSize(3);
        signal("STOP", frozen);
        try {
            var order = shop.reservedOrder(ada, sale);
            shop.pay(ada, order, "test-approve").is(202);
            shop.awaitState(ada, order, "PAID");
        } finally {
            signal("CONT", frozen);
            shop.awaitRecovery();
        }
    }

    @Test
    void orders_that_were_accepted_survive_the_killing_of_a_replica_and_those_that_were_not_leave_nothing()
            throws Exception {
        var sale = shop.openSale(40);
        var buyers = shop.shoppers(80);
        var admissions = new Admissions("k1:" + platform.secret("admission-key.k1"));
        var victims = List.of(
                platform.pids("order-service").getFirst(),
                platform.pids("inventory-service").getFirst());
        var answers = AllAtOnce.run(80, i -> {
            if (i == 40) signal("KILL", victims);
            return tryOrder(platform.orderService(1 + i % 2), buyers.get(i), sale, admissions.of(buyers.get(i), sale));
        });
        var accepted = answers.stream().filter(status -> status == 202).count();
        assertThat(accepted).isPositive();
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(decided(sale)).isGreaterThanOrEqualTo(accepted);
            assertThat(platform.count(
                            "orders", "select count(*) from orders where sale_id = ? and state = 'PLACED'", sale))
                    .isZero();
        });
        assertThat(platform.units(sale).reserved())
                .isEqualTo((int) platform.count(
                        "orders", "select count(*) from orders where sale_id = ? and state = 'RESERVED'", sale))
                .isLessThanOrEqualTo(40);
        await().atMost(Duration.ofSeconds(120))
                .until(() ->
                        platform.command().status().path("state").asString().equals("READY"));
        shop.awaitRecovery();
    }

    private long decided(String sale) {
        return platform.count("orders", "select count(*) from orders where sale_id = ? and state <> 'PLACED'", sale);
    }

    /** The status, or -1 when the connection broke and the result is unknown. */
    private static int tryOrder(Api api, Shopper buyer, String sale, String admission) {
        try {
            return Shop.orderAt(api, buyer, sale, admission, UUID.randomUUID().toString())
                    .status();
        } catch (java.io.UncheckedIOException broken) {
            return -1;
        }
    }

    private static void signal(String name, List<Long> pids) {
        try {
            var command = new ArrayList<>(List.of("kill", "-" + name));
            pids.forEach(pid -> command.add(pid.toString()));
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
