package com.flashsale.order;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.FakePaymentProvider.Charge;
import com.flashsale.order.Shopper.Answer;
import com.flashsale.platform.test.TestSecrets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentIT extends OrderServiceIT {

    @Test
    void an_approved_payment_makes_the_order_paid_and_the_world_hears_of_it() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        var requested = shopper.pay(order, "test-approve");

        assertThat(requested.status()).isEqualTo(202);
        assertThat(requested.header("Location")).isEqualTo("/api/v1/orders/" + order);
        assertThat(requested.json().get("state").asString()).isEqualTo("RESERVED");
        assertThat(requested.json().get("payment").get("state").asString()).isEqualTo("REQUESTED");
        awaitState(shopper, order, "PAID");
        var payment = shopper.see(order).get("payment");
        assertThat(payment.get("id")).isEqualTo(requested.json().get("payment").get("id"));
        assertThat(payment.get("state").asString()).isEqualTo("CAPTURED");
        awaitFacts(order, "placed", "paid");
        assertThat(eventsOf(order).getLast().data().get("paymentId")).isEqualTo(payment.get("id"));
    }

    @Test
    void the_provider_is_asked_for_the_price_of_the_order_with_our_key() {
        var shopper = aShopper();
        var order = aPaidOrder(shopper);
        var payment =
                UUID.fromString(shopper.see(order).get("payment").get("id").asString());

        assertThat(PROVIDER.chargesOf(order)).containsExactly(new Charge(payment, order, "89.90", "EUR", "CAPTURED"));
        assertThat(PROVIDER.authorizations()).containsOnly("Bearer " + TestSecrets.PAYMENT_KEY);
    }

    @Test
    void after_a_decline_another_card_can_be_tried() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        assertThat(shopper.pay(order, "test-decline").status()).isEqualTo(202);
        awaitPayment(shopper, order, "DECLINED");
        assertThat(shopper.see(order).get("state").asString()).isEqualTo("RESERVED");

        assertThat(shopper.pay(order, "test-approve").status()).isEqualTo(202);

        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.chargesOf(order))
                .extracting(Charge::state)
                .containsExactlyInAnyOrder("DECLINED", "CAPTURED");
        awaitFacts(order, "placed", "paid");
    }

    @Test
    void an_order_that_expires_after_a_decline_says_so() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        shopper.pay(order, "test-decline");
        awaitPayment(shopper, order, "DECLINED");

        Inventory.says("expired", order, Map.of());
        awaitState(shopper, order, "CANCELLED");

        assertThat(shopper.see(order).get("reason").asString()).isEqualTo("PAYMENT_DECLINED");
    }

    @Test
    void a_slow_answer_is_an_answer() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        shopper.pay(order, "test-slow");

        awaitState(shopper, order, "PAID");
    }

    @Test
    void an_unknown_way_to_pay_is_refused() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        for (var method : new String[] {"cash", "", "TEST_APPROVE"}) {
            var refused = shopper.pay(order, method);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(shopper.see(order).has("payment")).isFalse();
    }

    @Test
    void only_a_reserved_order_can_be_paid() {
        var shopper = aShopper();
        var placed = aPlacedOrder(shopper);
        var cancelled = aPlacedOrder(shopper);
        shopper.cancel(cancelled);
        var paid = aPaidOrder(shopper);

        for (var order : new UUID[] {placed, cancelled, paid}) {
            var refused = shopper.pay(order, "test-approve");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("ORDER_NOT_PAYABLE");
        }
        assertThat(PROVIDER.chargesOf(paid)).hasSize(1);
    }

    @Test
    void paying_at_the_end_of_the_reservation_is_too_late() {
        var shopper = aShopper();
        var until = Instant.now().plusMillis(1500);
        var order = aReservedOrder(shopper, until);
        await().atMost(PATIENCE).until(() -> !Instant.now().isBefore(until));

        var refused = shopper.pay(order, "test-approve");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("RESERVATION_EXPIRED");
        assertThat(PROVIDER.chargesOf(order)).isEmpty();
    }

    @Test
    void there_is_one_payment_at_a_time() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        shopper.pay(order, "test-timeout");

        var refused = shopper.pay(order, "test-approve");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("PAYMENT_IN_PROGRESS");
        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.chargesOf(order)).hasSize(1);
    }

    @Test
    void paying_twenty_times_at_once_takes_the_money_once() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);

        var answers = allAtOnce(20, () -> shopper.pay(order, "test-approve"));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .extracting(Answer::code)
                .containsAnyOf("PAYMENT_IN_PROGRESS", "ORDER_NOT_PAYABLE");
        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.chargesOf(order)).hasSize(1);
        awaitFacts(order, "placed", "paid");
    }

    @Test
    void the_same_payment_twenty_times_at_once_is_one_and_nineteen_replays() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper);
        var path = "/api/v1/orders/" + order + "/payments";

        var answers = allAtOnce(20, () -> shopper.post(path, "a-key", Map.of("paymentMethod", "test-approve")));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(answers)
                .filteredOn(answer -> "true".equals(answer.header("Idempotency-Replayed")))
                .hasSize(19);
        assertThat(shopper.post(path, "a-key", Map.of("paymentMethod", "test-decline"))
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(shopper.post(path, null, Map.of("paymentMethod", "test-approve"))
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_MISSING");
        awaitState(shopper, order, "PAID");
        assertThat(PROVIDER.chargesOf(order)).hasSize(1);
    }

    @Test
    void a_key_whose_payment_was_refused_is_free() {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        var path = "/api/v1/orders/" + order + "/payments";
        assertThat(shopper.post(path, "a-key", Map.of("paymentMethod", "test-approve"))
                        .status())
                .isEqualTo(409);
        Inventory.holds(order, Instant.now().plusSeconds(60));
        awaitState(shopper, order, "RESERVED");

        assertThat(shopper.post(path, "a-key", Map.of("paymentMethod", "test-approve"))
                        .status())
                .isEqualTo(202);
    }
}
