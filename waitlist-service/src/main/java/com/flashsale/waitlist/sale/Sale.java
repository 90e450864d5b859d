package com.flashsale.waitlist.sale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a limited offer as far as they say who may come in.
 *
 * @param crowdFactor how many people per allotted unit may stand in line
 * @param admissionFactor how many units may be promised per available one
 * @param turn how long a turn waits to be claimed
 * @param admission how long an order may be placed after that
 * @param offer the same for somebody from the waitlist
 * @param pausedMillis how long the pauses that have ended lasted in all
 * @param pausedAt when the running pause began; null without one, and from a catalog that does not say it
 * @param endedAt when an operator ended it before it closed
 * @param loadTest the run of a load test that it is for; null for real customers
 */
public record Sale(
        SaleId id,
        long version,
        int allotted,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        BigDecimal crowdFactor,
        BigDecimal admissionFactor,
        int admissionsPerSecond,
        Duration turn,
        Duration admission,
        Duration offer,
        Draw draw,
        boolean paused,
        long pausedMillis,
        @Nullable Instant pausedAt,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    /** Whoever comes up to this long before the opening takes part in the draw. */
    public static final Duration LOBBY = Duration.ofMinutes(15);

    /** Whether whoever works for this load test, or for none, may come in. */
    public boolean isFor(@Nullable String run) {
        return Objects.equals(loadTest, run);
    }

    public Instant lobbyOpensAt() {
        return opensAt.minus(LOBBY);
    }

    /** Half open: at this instant it has ended. */
    public Instant endsAt() {
        return endedAt != null && endedAt.isBefore(closesAt) ? endedAt : closesAt;
    }

    /** How long its pauses lasted in all, with the running one. */
    public long pausedMillis(Instant now) {
        return pausedAt == null
                ? pausedMillis
                : pausedMillis + Math.max(0, Duration.between(pausedAt, now).toMillis());
    }

    public boolean hasEnded(Instant now) {
        return !now.isBefore(endsAt());
    }

    /**
     * The most people who may stand in line, be promised a unit or own one: nobody else has a chance. As many as there are units always
     * have one, whatever the factor says.
     */
    public long crowd() {
        var crowd = crowdFactor
                .multiply(BigDecimal.valueOf(allotted))
                .setScale(0, RoundingMode.DOWN)
                .longValue();
        return Math.max(allotted, crowd);
    }
}
