package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.FakePaymentProvider.Charge;
import com.flashsale.platform.time.Ids;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Money on its way, whatever is killed, slow or gone. */
class PaymentReconcilerIT extends OrderServiceIT {

    @Autowired
    CircuitBreakerRegistry breakers;

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
        var now = Timestamp.from(Instant.now());
        jdbc.sql("""
                insert into payment (id, order_id, method, amount_minor, currency, state, requested_at, charged_at, next_attempt_at)
                values (:id, :order, 'test-approve', 8990, 'EUR', 'REQUESTED', :now, :now, :now)
                """)
                .param("id", payment)
                .param("order", order)
                .param("now", now)
                .update();
        return payment;
    }
}
