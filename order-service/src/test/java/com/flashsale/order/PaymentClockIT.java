package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.FakePaymentProvider.Charge;
import com.flashsale.order.checkout.CheckoutTestAccess;
import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.Payment;
import com.flashsale.platform.time.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payments while the clocks of replicas and services differ. */
class PaymentClockIT extends UnsettledPaymentIT {

    @Test
    void a_charge_is_not_given_up_by_what_a_paused_replica_read_before_another_one_sent_it_again() {
        var shopper = aShopper();
        var order = aReservedOrder(shopper, Instant.now().minusSeconds(1));
        var payment = requestedByAProcessThatIsGone(order, Ids.next(), "now() - interval '1 hour'", "'infinity'");
        var asReadBefore = paymentOf(payment);
        change(payment, "charged_at = now()");
        CheckoutTestAccess.heard(context, asReadBefore, new Answer.NotKnown());
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
}
