package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.FakePaymentProvider.Charge;
import com.flashsale.order.checkout.CheckoutDoor;
import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.PaymentDoor;
import com.flashsale.platform.time.Ids;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** Money on its way, while processes are killed and the provider is slow or gone. */
class PaymentReconcilerIT extends OrderServiceIT {

    @Autowired
    CircuitBreakerRegistry breakers;

    @Autowired
    ConfigurableApplicationContext context;

    @Autowired
    MeterRegistry meters;

    @AfterEach
    void the_provider_is_itself_again() {
        PROVIDER.loseCharges(false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(breaker().getState()).isNotEqualTo(CircuitBreaker.State.OPEN));
    }

    private CircuitBreaker breaker() {
        return breakers.circuitBreaker("payment-provider");
    }

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
    void a_charge_that_got_lost_is_made_again_under_the_same_key() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        PROVIDER.loseCharges(true);
        shopper.pay(order, "test-approve");
        awaitPayment(shopper, order, "UNKNOWN");

        PROVIDER.loseCharges(false);

        awaitState(shopper, order, "PAID");
        var payment =
                UUID.fromString(shopper.see(order).get("payment").get("id").asString());
        assertThat(PROVIDER.timesAskedToCharge(payment)).isGreaterThan(1);
        assertThat(PROVIDER.chargesOf(order)).extracting(Charge::key).containsExactly(payment);
    }

    @Test
    void a_lost_charge_of_an_order_that_can_no_longer_be_paid_is_given_up_but_not_before_it_is_certain() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        PROVIDER.loseCharges(true);
        shopper.pay(order, "test-approve");
        Inventory.says("expired", order, Map.of());
        awaitState(shopper, order, "CANCELLED");
        PROVIDER.loseCharges(false);

        awaitPayment(shopper, order, "DECLINED");

        var payment =
                UUID.fromString(shopper.see(order).get("payment").get("id").asString());
        var waited = jdbc.sql("select extract(epoch from clock_timestamp() - charged_at) from payment where id = ?")
                .param(payment)
                .query(Double.class)
                .single();
        assertThat(waited).isGreaterThanOrEqualTo(3.0);
        assertThat(PROVIDER.chargesOf(order)).isEmpty();
        assertThat(shopper.see(order).get("reason").asString()).isEqualTo("EXPIRED");
    }

    @Test
    void a_charge_that_is_captured_after_it_was_given_up_is_refunded_and_another_card_can_be_used() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var givenUp = Ids.next();
        requestedByAProcessThatIsGone(order, givenUp, "now()", "'infinity'");
        change(givenUp, "state = 'ABANDONED', next_attempt_at = null");
        PROVIDER.hasCaptured(givenUp, order);
        assertThat(shopper.pay(order, "test-approve").status()).isEqualTo(202);
        CheckoutDoor.heard(context, paymentOf(givenUp), new Answer.Captured());

        awaitState(shopper, order, "PAID");
        await().atMost(PATIENCE).until(() -> PROVIDER.charge(givenUp).state().equals("REFUNDED"));
        assertThat(PROVIDER.chargesOf(order))
                .extracting(Charge::state)
                .containsExactlyInAnyOrder("CAPTURED", "REFUNDED");
        assertThat(shopper.see(order).get("payment").get("state").asString()).isEqualTo("CAPTURED");
        awaitFacts(order, "placed", "paid");
    }

    @Test
    void a_charge_that_waits_in_the_providers_own_queue_until_it_was_given_up_is_looked_for_again_and_refunded() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var release = PROVIDER.queueCharges();
        try {
            shopper.pay(order, "test-approve");
            Inventory.says("expired", order, Map.of());
            awaitState(shopper, order, "CANCELLED");
            awaitPayment(shopper, order, "DECLINED");
        } finally {
            release.run();
        }
        awaitPayment(shopper, order, "REFUNDED");
        assertThat(PROVIDER.chargesOf(order)).extracting(Charge::state).containsExactly("REFUNDED");
    }

    @Test
    void a_charge_is_not_given_up_by_what_a_paused_replica_read_before_another_one_sent_it_again() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper, Instant.now().minusSeconds(1));
        var payment = requestedByAProcessThatIsGone(order, Ids.next(), "now() - interval '1 hour'", "'infinity'");
        var asReadBefore = paymentOf(payment);
        change(payment, "charged_at = now()");
        CheckoutDoor.heard(context, asReadBefore, new Answer.NotKnown());
        assertThat(paymentOf(payment).state()).isEqualTo(Payment.State.UNKNOWN);
    }

    @Test
    void a_replica_whose_clock_is_five_minutes_ahead_neither_gives_up_a_charge_on_its_way_nor_refuses_one() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper, Instant.now().plusSeconds(120));
        var release = PROVIDER.queueCharges();
        try (var ahead = SecondReplica.beside(context, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)))) {
            assertThat(shopper.movedTo(ahead.address())
                            .pay(order, "test-approve")
                            .status())
                    .isEqualTo(202);
            await().atMost(PATIENCE).until(() -> count("select attempts from payment where order_id = ?", order) > 3);
            assertThat(shopper.see(order).get("payment").get("state").asString())
                    .isEqualTo("UNKNOWN");
            release.run();
            awaitState(shopper, order, "PAID");
        } finally {
            release.run();
        }
        assertThat(PROVIDER.chargesOf(order)).extracting(Charge::state).containsExactly("CAPTURED");
    }

    @Test
    void an_order_can_be_paid_for_as_long_as_its_units_are_held_also_if_inventorys_clock_is_behind() {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        var since = Instant.now().minusSeconds(300);
        Inventory.says(
                "held",
                order,
                Map.of(
                        "heldAt",
                        since.toString(),
                        "expiresAt",
                        since.plusSeconds(120).toString()));
        awaitState(shopper, order, "RESERVED");
        assertThat(shopper.pay(order, "test-approve").status()).isEqualTo(202);
        awaitState(shopper, order, "PAID");
    }

    @Test
    void the_latest_payment_is_the_one_that_came_last_however_the_clocks_of_the_replicas_differ() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var madeAheadOfTime =
                UUID.fromString("ffffffff-ffff-7fff-bfff-" + order.toString().substring(24));
        requestedByAProcessThatIsGone(order, madeAheadOfTime, "now()", "'infinity'");
        change(madeAheadOfTime, "state = 'DECLINED', next_attempt_at = null");
        shopper.pay(order, "test-approve");
        awaitState(shopper, order, "PAID");
        assertThat(shopper.see(order).get("payment").get("state").asString()).isEqualTo("CAPTURED");
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

    private UUID requestedByAProcessThatIsGone(UUID order) {
        return requestedByAProcessThatIsGone(order, Ids.next());
    }

    private UUID requestedByAProcessThatIsGone(UUID order, UUID payment) {
        return requestedByAProcessThatIsGone(order, payment, "now()", "now()");
    }

    private UUID requestedByAProcessThatIsGone(UUID order, UUID payment, String at, String nextAttempt) {
        jdbc.sql("""
                insert into payment (id, order_id, method, amount_minor, currency, state, requested_at, charged_at, next_attempt_at)
                values (:id, :order, 'test-approve', 8990, 'EUR', 'REQUESTED', %1$s, %1$s, %2$s)
                """.formatted(at, nextAttempt))
                .param("id", payment)
                .param("order", order)
                .update();
        return payment;
    }

    private void change(UUID payment, String to) {
        jdbc.sql("update payment set " + to + " where id = ?").param(payment).update();
    }

    private Payment paymentOf(UUID id) {
        return PaymentDoor.find(jdbc, id);
    }

    @Test
    void the_age_of_the_oldest_undecided_order_and_payment_of_real_customers_is_a_figure_from_the_start() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        assertThat(meters.get("orders.placed.oldest.age").gauge().value()).isNotNegative();
        requestedByAProcessThatIsGone(order, Ids.next(), "now() - interval '1 hour'", "'infinity'");
        var waiting = Ids.next();
        jdbc.sql("""
                insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, placed_at)
                values (?, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 100, 'EUR', now() - interval '1 hour')
                """).param(waiting).update();
        await().atMost(PATIENCE)
                .until(() -> meters.get("orders.placed.oldest.age").gauge().value() >= 3600
                        && meters.get("payments.unsettled.oldest.age").gauge().value() >= 3600);
        jdbc.sql("update orders set load_test = 'rehearsal' where id = ?")
                .param(waiting)
                .update();
        jdbc.sql("update payment set load_test = 'rehearsal' where order_id = ?")
                .param(order)
                .update();
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
        change(purged, "load_test = '" + run + "', next_attempt_at = now()");
        var other = aReservedOrder(shopper);
        requestedByAProcessThatIsGone(other);
        awaitState(shopper, other, "PAID");
        assertThat(PROVIDER.chargesOf(order)).isEmpty();
        assertThat(paymentOf(purged).attempts()).isZero();
    }
}
