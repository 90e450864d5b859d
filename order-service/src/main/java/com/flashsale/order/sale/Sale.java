package com.flashsale.order.sale;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a sale that decide whether an order may be placed and what it costs.
 *
 * @param version grows with each change at catalog; an older fact never replaces a newer one
 * @param pauses how long it stood still so far
 * @param loadTest the run of a load test that it is for; null for real customers
 */
public record Sale(
        UUID id,
        long version,
        Money price,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        boolean paused,
        Pauses pauses,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    /**
     * The time that a sale stood still.
     *
     * @param endedMillis all pauses that are over
     * @param since the beginning of the one that is not
     */
    public record Pauses(long endedMillis, @Nullable Instant since) {

        public static final Pauses NONE = new Pauses(0, null);

        public Duration inAllAt(Instant now) {
            var running = since == null || now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
            return running.plusMillis(endedMillis);
        }
    }

    public boolean isOpenAt(Instant now) {
        return !now.isBefore(opensAt);
    }

    public boolean isOverAt(Instant now) {
        return endedAt != null || !now.isBefore(closesAt);
    }
}
