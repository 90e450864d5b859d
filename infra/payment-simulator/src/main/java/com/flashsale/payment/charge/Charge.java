package com.flashsale.payment.charge;

import com.flashsale.payment.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to take money for an order. Only captured money can be refunded, and only once.
 *
 * @param key the caller's payment id; the same key never captures twice
 * @param loadTest the merchant's load test that pays; null for a real payment
 */
record Charge(
        String key,
        Order order,
        Verdict verdict,
        Instant chargedAt,
        @Nullable Instant refundedAt,
        @Nullable String loadTest) {

    /** The requested charge: a repeated key with other values here is a mistake of the caller. */
    record Order(UUID id, Money amount, PaymentMethod method) {}

    Charge {
        if (refundedAt != null && verdict != Verdict.CAPTURED) {
            throw new IllegalArgumentException("refunded without a capture: " + key);
        }
    }

    static Charge of(String key, Order order, Instant now, @Nullable String loadTest) {
        return new Charge(key, order, order.method().verdict(), now, null, loadTest);
    }

    /** The same charge, declined by the provider. */
    Charge declined() {
        return new Charge(key, order, Verdict.DECLINED, chargedAt, null, loadTest);
    }

    boolean asksTheSameAs(Charge other) {
        return order.equals(other.order);
    }

    /** CAPTURED, DECLINED or REFUNDED. */
    String state() {
        return refundedAt == null ? verdict.name() : "REFUNDED";
    }
}
