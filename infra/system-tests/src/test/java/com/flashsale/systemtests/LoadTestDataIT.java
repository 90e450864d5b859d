package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A load test beside real customers: they do not meet, it can be stopped, and it can be removed without a trace. */
class LoadTestDataIT {

    private final String run = "system-" + UUID.randomUUID();
    private final RunningPlatform platform = RunningPlatform.shared();
    private final Shop shop = platform.shop();
    private final TaggedShop tagged = new TaggedShop(platform.gateway(), platform.machineToken("load-test"), run);
    private final TaggedRows rows = new TaggedRows(platform);

    @AfterEach
    void on() {
        assertThat(flashsale("load", "on")).isZero();
    }

    @Test
    void side_by_side_with_real_customers_it_leaves_traces_with_its_name_and_then_none() throws Exception {
        var realSale = realPurchase();
        var sale = tagged.wholeSale(shop);
        var otherRun = new TaggedShop(tagged.api(), tagged.token(), "other-" + UUID.randomUUID());
        var otherSale = otherRun.openSale(1, Map.of());
        var otherBuyer = otherRun.shoppers(1).getFirst();
        shop.reservedOrder(otherBuyer, otherSale);

        awaitEveryTrace(sale);
        assertThat(rows.taggedSales(sale, run).values()).containsOnly(1L);
        assertThat(rows.taggedSales(realSale, run).values()).containsOnly(0L);
        assertThat(keysOf(sale)).isNotEmpty();
        assertThat(flashsale("audit")).isZero();

        var before = rows.picture(realSale);
        assertThat(flashsale("load", "off")).isZero();
        var purge = platform.command().run("load", "purge", run);
        assertThat(purge.exitCode()).as(purge.output()).isZero();
        assertThat(purge.output()).contains("PROOF").contains("0 tagged rows");

        assertThat(rows.of(run, sale))
                .allSatisfy((table, count) -> assertThat(count).as(table).isZero());
        assertThat(rows.of(otherRun.run(), otherSale).values())
                .as("another run stays")
                .anyMatch(count -> count > 0);
        assertThat(keysOf(sale)).isEmpty();
        assertThat(keysOf(realSale)).isNotEmpty();
        assertThat(rows.picture(realSale)).isEqualTo(before);
        var audit = platform.command().run("audit");
        assertThat(audit.exitCode()).as(audit.output()).isZero();

        assertThat(flashsale("load", "on")).isZero();
        tagged.post("/api/v1/synthetic-shoppers", Map.of("count", 1)).isProblem(409, "load-test-purged");
        assertThat(flashsale("load", "purge", run)).as("again").isZero();
        shop.api.get("/api/v1/sales/" + sale).is(404);
    }

    /**
     * An outbox is emptied in a moment; no key was lost, no admission taken back, no order refused, and no sale had a
     * lobby.
     */
    private void awaitEveryTrace(String sale) {
        var empty = List.of("outbox", "number_gap", "lobby_place", "voided_admission", "refused_order");
        var without = List.of("inventory.idempotency_record", "waitlist.idempotency_record", "auth.idempotency_record");
        await().atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(rows.of(run, sale))
                        .as("everything it can leave a trace in, it has")
                        .allSatisfy((table, count) -> {
                            if (!empty.contains(table.split("\\.")[1]) && !without.contains(table)) {
                                assertThat(count).as(table).isPositive();
                            }
                        }));
    }

    @Test
    void a_load_test_and_real_customers_do_not_meet() {
        var real = shop.shopper();
        var ghost = tagged.shoppers(1).getFirst();
        var realSale = shop.openSale(1);
        var sale = tagged.openSale(1, Map.of());
        shop.join(ghost, realSale).isProblem(403, "load-test-mismatch");
        shop.join(real, sale).isProblem(403, "load-test-mismatch");
        var otherRun = new TaggedShop(tagged.api(), tagged.token(), "other-" + UUID.randomUUID());
        shop.join(otherRun.shoppers(1).getFirst(), sale).isProblem(403, "load-test-mismatch");

        // past the waiting room, with an admission that is genuine but for that
        var admissions = new Admissions("k1:" + platform.secret("admission-key.k1"));
        shop.order(real, sale, admissions.of(real, sale)).isProblem(403, "load-test-mismatch");
        shop.order(ghost, realSale, admissions.of(ghost, realSale)).isProblem(403, "load-test-mismatch");
        assertThat(platform.units(sale)).isEqualTo(new Units(1, 0, 0));
        assertThat(platform.units(realSale)).isEqualTo(new Units(1, 0, 0));

        shop.reservedOrder(ghost, sale);
        shop.reservedOrder(real, realSale);
        assertThat(flashsale("load", "off")).isZero();
        assertThat(flashsale("load", "purge", run)).isZero();
    }

    @Test
    void switched_off_no_copy_serves_it_and_real_customers_notice_nothing() {
        var ghost = tagged.shoppers(1).getFirst();
        var sale = tagged.openSale(2, Map.of("purchaseLimit", 2));
        shop.reservedOrder(ghost, sale);
        try (var busy = Executors.newSingleThreadExecutor()) {
            var polling = busy.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) shop.api.get("/api/v1/orders", ghost.token());
            });
            assertThat(flashsale("load", "purge", run)).as("while it is busy").isEqualTo(3);
            polling.cancel(true);
        }
        assertThat(flashsale("load", "off")).isZero();
        for (int replica = 1; replica <= 2; replica++) {
            platform.orderService(replica).get("/api/v1/orders", ghost.token()).isProblem(503, "load-test-off");
            platform.waitlistService(replica)
                    .get("/api/v1/waitlist-entries", ghost.token())
                    .isProblem(503, "load-test-off");
        }
        shop.join(ghost, sale).isProblem(503, "load-test-off");
        tagged.post("/api/v1/synthetic-shoppers", Map.of("count", 1)).isProblem(503, "load-test-off");
        realPurchase();
        assertThat(flashsale("load", "on")).isZero();
        shop.join(ghost, sale).is(201);
        assertThat(flashsale("load", "off")).isZero();
        assertThat(flashsale("load", "purge", run)).isZero();
    }

    private String realPurchase() {
        var buyer = shop.shopper();
        var sale = shop.openSale(1);
        var order = shop.reservedOrder(buyer, sale);
        shop.pay(buyer, order, "test-approve").is(202);
        shop.awaitState(buyer, order, "PAID");
        await().atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(platform.units(sale)).isEqualTo(new Units(1, 0, 1)));
        return sale;
    }

    private List<?> keysOf(String sale) throws java.io.IOException {
        return (List<?>) platform.redis().call("KEYS", "wr:{" + sale + "}:*");
    }

    private int flashsale(String... command) {
        return platform.command().run(command).exitCode();
    }
}
