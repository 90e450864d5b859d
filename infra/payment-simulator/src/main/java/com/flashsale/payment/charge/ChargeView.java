package com.flashsale.payment.charge;

import com.flashsale.payment.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A charge as callers see it. */
record ChargeView(
        String chargeKey,
        UUID orderId,
        Money.Text amount,
        String paymentMethod,
        String state,
        Instant chargedAt,
        @Nullable Instant refundedAt) {

    /** The charge as it is now. */
    static ChargeView of(Charge charge) {
        return of(charge, charge.state(), charge.refundedAt());
    }

    /** The first answer to the charge: a repeated request repeats it, even after a refund. */
    static ChargeView asFirstAnswered(Charge charge) {
        return of(charge, charge.verdict().name(), null);
    }

    private static ChargeView of(Charge charge, String state, @Nullable Instant refundedAt) {
        var order = charge.order();
        return new ChargeView(
                charge.key(),
                order.id(),
                order.amount().text(),
                order.method().wireName(),
                state,
                charge.chargedAt(),
                refundedAt);
    }
}
