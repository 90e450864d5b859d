package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.FakePaymentProvider.Charge;
import com.flashsale.order.checkout.CheckoutTestAccess;
import com.flashsale.order.payment.Answer;
import com.flashsale.platform.time.Ids;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Charges that the provider has lost, or that it makes after they were given up. */
class LostChargeIT extends UnsettledPaymentIT {

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
        CheckoutTestAccess.heard(context, paymentOf(givenUp), new Answer.Captured());

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
}
