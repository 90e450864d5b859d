package com.flashsale.waitlist.waitingroom;

import java.time.Instant;
import java.util.List;

/**
 * A room as its clock left it.
 *
 * @param settled all turns up to this number were claimed or have lapsed
 * @param promised units promised, {@code flying} of them to orders that are not decided yet
 * @param admitted turns given since the room was built
 * @param overdue claimed promises whose time is over: PostgreSQL says what became of them
 * @param stuck promises of orders that should have been decided long ago
 * @param steadyPerMinute the pace that waiting times are made of, see {@code pace.lua}; 0 while it is not known
 * @param clock what the clock of Redis said
 */
record RoomState(
        long epoch,
        long issued,
        long serving,
        long settled,
        long ceiling,
        long available,
        long version,
        long promised,
        long flying,
        long phase,
        long waiting,
        long lobby,
        long promises,
        long admitted,
        List<String> overdue,
        List<String> stuck,
        long steadyPerMinute,
        Instant clock) {

    static RoomState of(long epoch, Reply reply) {
        return new RoomState(
                epoch,
                reply.number(1),
                reply.number(2),
                reply.number(3),
                reply.number(4),
                reply.number(5),
                reply.number(6),
                reply.number(7),
                reply.number(8),
                reply.number(9),
                reply.number(10),
                reply.number(11),
                reply.number(12),
                reply.number(13),
                reply.texts(14),
                reply.texts(15),
                reply.number(16),
                Instant.ofEpochMilli(reply.number(17)));
    }

    boolean soldOut() {
        return phase % 2 == 1;
    }

    /** Nothing will happen by time alone. */
    boolean idle() {
        return waiting == 0 && lobby == 0 && promises == 0;
    }
}
