package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.FakePaymentProvider.Charge;
import com.flashsale.platform.time.Ids;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Money on its way, while processes are killed and the provider is slow or gone. */
class PaymentReconcilerIT extends UnsettledPaymentIT {

    @Autowired
    MeterRegistry meters;

    @Test
    void a_charge_that_was_made_but_not_answered_is_found() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        shopper.pay(order, "test-timeout");

        awaitPayment(shopper, order, "UNKNOWN");
        assertThat(shopper.see(order).get("state").asString()).isEqualTo("RESERVED");
        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.chargesOf(order)).hasSize(1);
        awaitFacts(order, "placed", "paid");
    }

    @Test
    void a_capture_that_becomes_known_after_the_order_expired_is_refunded() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        shopper.pay(order, "test-timeout");
        Inventory.says("expired", order, Map.of());

        awaitState(shopper, order, "CANCELLED");
        awaitPayment(shopper, order, "REFUNDED");

        assertThat(shopper.see(order).get("reason").asString()).isEqualTo("EXPIRED");
        assertThat(PROVIDER.chargesOf(order)).extracting(Charge::state).containsExactly("REFUNDED");
        awaitFacts(order, "placed", "cancelled");
    }

    @Test
    void a_capture_that_becomes_known_after_the_customer_cancelled_is_refunded() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        shopper.pay(order, "test-timeout");

        assertThat(shopper.cancel(order).status()).isEqualTo(202);

        awaitPayment(shopper, order, "REFUNDED");
        assertThat(shopper.see(order).get("reason").asString()).isEqualTo("BY_CUSTOMER");
        awaitFacts(order, "placed", "cancelled");
    }

    @Test
    void a_process_killed_before_it_could_ask_for_the_money_is_replaced() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        var payment = requestedByAProcessThatIsGone(order);

        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.chargesOf(order)).extracting(Charge::key).containsExactly(payment);
        awaitFacts(order, "placed", "paid");
    }

    @Test
    void a_process_killed_after_the_money_was_taken_is_replaced_without_asking_again() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var payment = Ids.next();
        PROVIDER.hasCaptured(payment, order);

        requestedByAProcessThatIsGone(order, payment);

        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.timesAskedToCharge(payment)).isZero();
    }

    @Test
    void without_a_provider_orders_stay_reserved_until_it_is_back() {
        var shopper = aShopper();
        var orders = Stream.generate(() -> aReservedOrder(shopper)).limit(12).toList();

        PROVIDER.goDown();
        orders.forEach(
                order -> assertThat(shopper.pay(order, "test-approve").status()).isEqualTo(202));
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN));
        orders.forEach(order -> {
            awaitPayment(shopper, order, "UNKNOWN");
            assertThat(shopper.see(order).get("state").asString()).isEqualTo("RESERVED");
        });
        PROVIDER.comeBack();

        orders.forEach(order -> {
            awaitState(shopper, order, "PAID");
            assertThat(PROVIDER.chargesOf(order)).hasSize(1);
        });
    }

    @Test
    void a_refund_is_asked_for_until_it_is_done() {
        var shopper = aShopper();
        var order = aPaidOrder(shopper);
        PROVIDER.goDown();
        Inventory.says("confirmation-refused", order, Map.of());
        awaitState(shopper, order, "CANCELLED");
        await().atMost(PATIENCE).until(() -> count("select attempts from payment where order_id = ?", order) > 1);
        assertThat(shopper.see(order).get("payment").get("state").asString()).isEqualTo("CAPTURED");

        PROVIDER.comeBack();

        awaitPayment(shopper, order, "REFUNDED");
        assertThat(PROVIDER.chargesOf(order)).extracting(Charge::state).containsExactly("REFUNDED");
    }

    @Test
    void the_age_of_the_oldest_undecided_order_and_payment_of_real_customers_is_a_figure_from_the_start() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var sale = saleOf(order);
        assertThat(meters.get("orders.placed.oldest.age").gauge().value()).isNotNegative();
        requestedByAProcessThatIsGone(order, Ids.next(), "now() - interval '1 hour'", "'infinity'");
        var waiting = Ids.next();
        jdbc.sql("""
                insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, placed_at)
                values (?, ?, gen_random_uuid(), gen_random_uuid(), 1, 100, 'EUR', now() - interval '1 hour')
                """).param(waiting).param(sale).update();
        await().atMost(PATIENCE)
                .until(() -> meters.get("orders.placed.oldest.age").gauge().value() >= 3600
                        && meters.get("payments.unsettled.oldest.age").gauge().value() >= 3600);
        tag(sale, "rehearsal");
        await().atMost(PATIENCE)
                .until(() -> meters.get("orders.placed.oldest.age").gauge().value() < 3600
                        && meters.get("payments.unsettled.oldest.age").gauge().value() < 3600);
        jdbc.sql("delete from payment where order_id = ?").param(order).update();
        jdbc.sql("delete from orders where id = ?").param(waiting).update();
    }

    @Test
    void the_payment_of_a_purged_load_test_is_not_asked_for_again() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var run = "purged-" + order;
        jdbc.sql("insert into load_run (run) values (?)").param(run).update();
        var purged = requestedByAProcessThatIsGone(order, Ids.next(), "now()", "'infinity'");
        tag(saleOf(order), run);
        change(purged, "next_attempt_at = now()");
        var other = aReservedOrder(shopper);
        requestedByAProcessThatIsGone(other);
        awaitState(shopper, other, "PAID");
        assertThat(PROVIDER.chargesOf(order)).isEmpty();
        assertThat(paymentOf(purged).attempts()).isZero();
    }

    private UUID saleOf(UUID order) {
        return jdbc.sql("select sale_id from orders where id = ?")
                .param(order)
                .query(UUID.class)
                .single();
    }

    private void tag(UUID sale, String run) {
        jdbc.sql("update sale set load_test = ? where id = ?")
                .param(run)
                .param(sale)
                .update();
    }
}
