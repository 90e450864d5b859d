package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.KnownSale;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A room as its clock left it.
 *
 * @param clock what the clock of Redis said
 * @param phase even: selling by numbers; odd: sold out
 */
public record RoomState(
        long epoch,
        Instant clock,
        long phase,
        Numbers numbers,
        Units units,
        Customers customers,
        Pace pace,
        Doubtful doubtful) {

    /**
     * @param settled all turns up to this number were claimed or have lapsed
     * @param ceiling the last number that PostgreSQL has approved
     */
    public record Numbers(long issued, long serving, long settled, long ceiling) {}

    /**
     * @param version of the stock
     * @param promised units promised, {@code inFlight} of them to orders that are not decided yet
     */
    public record Units(long available, long version, long promised, long inFlight) {}

    /**
     * @param waiting for a turn, with a number
     * @param promises of units that are not decided yet
     */
    public record Customers(long waiting, long lobby, long promises) {}

    /**
     * @param admitted turns given since the room was built
     * @param steadyPerMinute the pace that waiting times are made of, see {@code pace.lua}; 0 while it is not known
     */
    public record Pace(long admitted, long steadyPerMinute) {}

    /**
     * @param overdue claimed promises whose time is over: PostgreSQL says what became of them
     * @param stuck promises of orders that should have been decided long ago
     */
    public record Doubtful(List<DoubtfulPromise> overdue, List<DoubtfulPromise> stuck) {

        public static final Doubtful NONE = new Doubtful(List.of(), List.of());

        List<DoubtfulPromise> all() {
            return Stream.concat(overdue.stream(), stuck.stream()).toList();
        }
    }

    public boolean soldOut() {
        return phase % 2 == 1;
    }

    /** Customers wait for their turn or for the draw. */
    boolean isAwaited() {
        return customers.waiting > 0 || customers.lobby > 0;
    }

    /** Nothing will happen by time alone. */
    boolean isIdle() {
        return !isAwaited() && customers.promises == 0;
    }

    /** This replica has ticked the room of the sale, which is now in this state. */
    public record Ticked(KnownSale sale, RoomState state) {}

    /**
     * A room while it is sold out. While epoch and phase stay, it only gains customers with a number, and no customer
     * enters its lobby: equal states mean equal customers.
     *
     * @param numbered customers with a number
     * @param lobby customers in the lobby
     */
    public record SoldOut(long epoch, long phase, long issued, long numbered, long lobby) {

        public long customers() {
            return numbered + lobby;
        }
    }
}
