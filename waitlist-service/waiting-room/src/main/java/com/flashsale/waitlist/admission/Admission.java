package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A short-lived right to place one order, bound to customer and sale.
 *
 * @param units the most that the order may ask for, and the units promised until the order is decided
 * @param expiresAt the first instant at which no order may be placed
 * @param pausedMillis the length of all pauses of the sale before the issue: later ones prolong the admission
 * @param lapsesAt the instant of its withdrawal; its units go to the next customer once order-service has said that no
 *     order came with it
 */
public record Admission(
        UUID id,
        SaleId sale,
        CustomerId customer,
        int units,
        Source source,
        Instant issuedAt,
        Instant expiresAt,
        Instant lapsesAt,
        long pausedMillis) {

    /** A token counts in whole seconds: rounding up gives the customer no less time than the sale promises. */
    private static final long ALMOST_A_SECOND = 999_999_999;

    /** ISSUED, then either LAPSED, or ORDERED and DECIDED. */
    public enum State {
        /** It may be used; or its time is over, and order-service has not yet said that it was not. */
        ISSUED,
        /** An order was placed with it, inventory has not yet said held or refused. */
        ORDERED,
        /** Its units are now reserved, or will never be. */
        DECIDED,
        /** Not used, and void for ever. */
        LAPSED
    }

    /** The way to an admission. */
    public sealed interface Source {}

    /** The turn of a number in the waiting room. */
    public record Turn(long number) implements Source {}

    /** An offer to an entry of the waitlist. */
    public record Offer(UUID entry) implements Source {}

    /**
     * The same admission with its present end: each pause since the issue prolongs it, but no admission outlives its
     * sale.
     */
    public Admission after(Sale terms, Instant now) {
        var paused = terms.pausedMillis(now);
        var later = paused - pausedMillis;
        if (later <= 0 || !expiresAt.isBefore(terms.endsAt())) return this;
        var moved = expiresAt.plusMillis(later).plusNanos(ALMOST_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
        var end = moved.isBefore(terms.endsAt()) ? moved : terms.endsAt();
        var grace = Duration.between(expiresAt, lapsesAt);
        return new Admission(id, sale, customer, units, source, issuedAt, end, end.plus(grace), paused);
    }

    public boolean isUsable(Instant now) {
        return now.isBefore(expiresAt);
    }
}
