package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.loadtest.PurgeRun;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Orders of a load test: of its own sales only, told as such to the end, and gone without a trace. */
class LoadTestOrderIT extends OrderServiceIT {

    private final String run = "evening-" + UUID.randomUUID();

    @Autowired
    LoadTests loadTests;

    @Autowired
    PurgeRun purgeRun;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void served() {
        await().until(loadTests::areServed);
    }

    @Test
    void a_load_test_orders_of_its_own_sales_and_real_customers_of_theirs() {
        var real = aShopper();
        var ghost = Shopper.in(run, address());
        var other = Shopper.in("other", address());
        var realSale = anOpenSale();
        var sale = aTaggedSale();
        for (var attempt : List.of(
                real.order(sale, 1, admission(sale, real.id())),
                ghost.order(realSale, 1, admission(realSale, ghost.id())),
                other.order(sale, 1, admission(sale, other.id())))) {
            assertThat(attempt.status()).isEqualTo(403);
            assertThat(attempt.code()).isEqualTo("LOAD_TEST_MISMATCH");
        }
        assertThat(count("select count(*) from orders where sale_id in (?, ?)", sale, realSale))
                .isZero();
        var ofReal = placed("false");
        var ofTests = placed("true");
        assertThat(real.order(realSale, 1, admission(realSale, real.id())).status())
                .isEqualTo(202);
        assertThat(ghost.order(sale, 1, admission(sale, ghost.id())).status()).isEqualTo(202);
        assertThat(placed("false") - ofReal).isEqualTo(1);
        assertThat(placed("true") - ofTests).isEqualTo(1);
    }

    private double placed(String loadTest) {
        return meters.get("orders.reached")
                .tags("state", "PLACED", "load_test", loadTest)
                .counter()
                .count();
    }

    @Test
    void every_state_of_real_and_of_tested_orders_is_counted_from_the_start() {
        for (var state : List.of("PLACED", "RESERVED", "PAID", "REFUSED", "CANCELLED")) {
            assertThat(meters.find("orders.reached").tag("state", state).counters())
                    .as(state)
                    .hasSize(2);
        }
    }

    @Test
    void its_sales_events_and_charges_carry_its_name_from_every_writer() {
        var ghost = Shopper.in(run, address());
        var paid = aReservedTaggedOrder(ghost);
        assertThat(ghost.pay(paid, "test-approve").status()).isEqualTo(202);
        awaitState(ghost, paid, "PAID");
        var cancelled = aReservedTaggedOrder(ghost);
        assertThat(ghost.cancel(cancelled).status()).isEqualTo(202);
        // untagged on purpose: a fact from inventory does not change the owner of an order
        var expired = aReservedTaggedOrder(ghost);
        TestKafka.produce(
                "inventory.reservation",
                expired.toString(),
                "com.flashsale.inventory.reservation.expired.v1",
                Map.of("orderId", expired));
        awaitState(ghost, expired, "CANCELLED");

        awaitFacts(paid, "placed", "paid");
        awaitFacts(cancelled, "placed", "cancelled");
        awaitFacts(expired, "placed", "cancelled");
        for (var order : List.of(paid, cancelled, expired)) {
            assertThat(eventsOf(order)).allSatisfy(this::isTagged);
        }
        assertThat(count("select count(*) from sale where load_test = ?", run)).isEqualTo(3);
        assertThat(count("select count(*) from idempotency_record where load_test = ?", run))
                .as("three orders and a payment")
                .isEqualTo(4);
    }

    @Test
    void purged_it_is_gone_here_and_at_the_provider_and_real_orders_stay() {
        var real = aShopper();
        var realOrder = aPaidOrder(real);
        var ghost = Shopper.in(run, address());
        var order = aReservedTaggedOrder(ghost);
        assertThat(ghost.pay(order, "test-approve").status()).isEqualTo(202);
        awaitState(ghost, order, "PAID");
        anAdmissionIsWithdrawn();

        var report = purgeRun.purge(run);

        assertThat(report.tables()).allSatisfy(table -> {
            assertThat(table.left()).as(table.name()).isZero();
            assertThat(table.after()).isEqualTo(table.before());
        });
        assertThat(report.tables())
                .filteredOn(table -> table.removed() > 0)
                .extracting(PurgeRun.Table::name)
                .contains("payment", "orders", "sale", "voided_admission", "idempotency_record");
        assertThat(report.traces())
                .extracting(PurgeRun.Trace::name, PurgeRun.Trace::removed, PurgeRun.Trace::left)
                .contains(tuple("charges at the payment provider", 1L, 0L));
        assertThat(PROVIDER.chargesOf(order)).isEmpty();
        assertThat(PROVIDER.chargesOf(realOrder)).hasSize(1);
        assertThat(real.see(realOrder).get("state").asString()).isEqualTo("PAID");
    }

    /** Waits until the admission is voided and the answer to its withdrawal is told, both with the tag. */
    private void anAdmissionIsWithdrawn() {
        var withdrawn = UUID.randomUUID();
        TestKafka.produceTagged(
                run,
                "waitlist.admission",
                withdrawn.toString(),
                "com.flashsale.waitlist.admission.withdrawn.v1",
                Map.of(
                        "admissionId",
                        withdrawn,
                        "saleId",
                        UUID.randomUUID(),
                        "expiresAt",
                        Instant.now().toString()));
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from voided_admission where load_test = ?", run) == 1);
        var answer = await().atMost(PATIENCE)
                .until(
                        () -> TestKafka.events("order.admission").stream()
                                .filter(event -> event.subject().equals(withdrawn.toString()))
                                .toList(),
                        told -> !told.isEmpty());
        assertThat(answer).allSatisfy(this::isTagged);
    }

    private void isTagged(TestEvent event) {
        assertThat(event.headers()).as(event.type()).containsEntry("loadtest", run);
    }

    private UUID aTaggedSale() {
        var sale = anOldSaleId();
        Catalog.saysInLoadTest(run, "scheduled", Catalog.facts(sale, 1));
        await().atMost(PATIENCE).until(() -> versionOf(sale) == 1);
        return sale;
    }

    private UUID aReservedTaggedOrder(Shopper ghost) {
        var sale = aTaggedSale();
        var order = ghost.order(sale, 1, admission(sale, ghost.id())).id();
        Inventory.holds(order, Instant.now().plusSeconds(120));
        awaitState(ghost, order, "RESERVED");
        return order;
    }
}
