package com.flashsale.order.payment;

import com.flashsale.order.sale.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One charge of one order. Its id is the Idempotency-Key at the provider: asking twice takes the money once.
 *
 * @param chargedAt when the provider was last asked to take the money
 * @param attempts how often the outcome was looked for
 * @param loadTest of the sale; null for real customers
 */
public record Payment(
        UUID id,
        UUID orderId,
        Method method,
        Money amount,
        State state,
        Instant requestedAt,
        Instant chargedAt,
        int attempts,
        @Nullable String loadTest) {

    /** Requested and Unknown may have taken the money or not; a reconciler asks until it is known. */
    public enum State {
        REQUESTED,
        UNKNOWN,
        CAPTURED,
        DECLINED,
        /**
         * The provider does not know it, and the order can no longer be paid. Should it turn up after all, the money
         * goes back.
         */
        ABANDONED,
        /** Captured for an order that did not get its unit. */
        REFUND_DUE,
        REFUNDED
    }

    /** The test methods of the simulated provider; a real one would carry its own tokens here, never card data. */
    public enum Method {
        TEST_APPROVE("test-approve"),
        TEST_DECLINE("test-decline"),
        TEST_TIMEOUT("test-timeout"),
        TEST_SLOW("test-slow");

        private final String wireName;

        Method(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        public static Optional<Method> of(String wireName) {
            return Arrays.stream(values())
                    .filter(method -> method.wireName.equals(wireName))
                    .findFirst();
        }

        public static List<String> wireNames() {
            return Arrays.stream(values()).map(Method::wireName).toList();
        }
    }
}
