package com.flashsale.waitlist.sale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a limited offer, as far as they decide about admission.
 *
 * @param crowdFactor how many people per allotted unit may stand in line
 * @param admissionFactor how many units may be promised per available one
 * @param turn how long a turn waits to be claimed
 * @param admission how long an order may be placed after that
 * @param offer how long an order may be placed after an offer from the waitlist
 * @param pausedMillis the length of all pauses that have ended
 * @param pausedAt the beginning of the running pause; null without one, and from a catalog that does not say it
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

    /** A customer who comes at most this long before the opening takes part in the draw. */
    public static final Duration LOBBY = Duration.ofMinutes(15);

    /** Whether a customer of this load test, or of none, may come in. */
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

    /** The length of all its pauses, with the running one. */
    public long pausedMillis(Instant now) {
        return pausedAt == null
                ? pausedMillis
                : pausedMillis + Math.max(0, Duration.between(pausedAt, now).toMillis());
    }

    public boolean hasEnded(Instant now) {
        return !now.isBefore(endsAt());
    }

    /**
     * The most people who may stand in line, be promised a unit or own one: any further customer has no chance. It is
     * at least the number of units, even if the factor gives less.
     */
    public long crowd() {
        var crowd = crowdFactor
                .multiply(BigDecimal.valueOf(allotted))
                .setScale(0, RoundingMode.DOWN)
                .longValue();
        return Math.max(allotted, crowd);
    }

    /** Told inside this process after the terms or the stock of a sale have changed. */
    public record Changed(SaleId sale) {}

    /**
     * Published when a sale is gone as if it had never been, since a purge removed its load test. Listeners drop its
     * data from memory.
     */
    public record Evicted(SaleId sale) {}
}
