package com.flashsale.audit.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of an explanation.
 *
 * @param at by the clock of the process or database that recorded it; clocks of two machines may differ
 * @param service for example {@code order-service}
 * @param what the row, event or log line in words, without personal data
 * @param why the reason; only with decisions and handled messages
 * @param decidedBy the full name of the class that decided, wrote or handled it; with a log line the logger
 * @param of the order, admission, waitlist entry or payment that it is about
 * @param fact the step that it belongs to, for example {@code reservation.held}
 * @param position of an event in its topic
 * @param trace the trace id, 32 hexadecimal digits; null where the work had no trace
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entry(
        Instant at,
        String service,
        Kind kind,
        String what,
        @Nullable String why,
        @Nullable String decidedBy,
        @Nullable UUID of,
        @Nullable String fact,
        @Nullable Position position,
        @Nullable String trace) {

    /** In the order of cause and effect: entries of the same instant are sorted by it. */
    public enum Kind {
        /** A service chose among several ways. */
        DECISION,
        /** A row of a database, at the time of its insertion and in its present state. */
        ROW,
        /** A message in a topic, or in the outbox on its way to it. */
        EVENT,
        /** A message took effect at a consumer, which its inbox recorded. */
        HANDLED,
        LOG
    }

    public record Position(String topic, int partition, long offset) {

        @Override
        public String toString() {
            return topic + "/" + partition + "@" + offset;
        }
    }

    static Entry of(Instant at, String service, Kind kind, String what) {
        return new Entry(at, service, kind, what, null, null, null, null, null, null);
    }

    /** @param decidedBy without the common prefix {@code com.flashsale.} */
    Entry by(@Nullable String decidedBy) {
        var whole = decidedBy == null ? null : "com.flashsale." + decidedBy;
        return new Entry(at, service, kind, what, why, whole, of, fact, position, trace);
    }

    Entry because(String why) {
        return new Entry(at, service, kind, what, why, decidedBy, of, fact, position, trace);
    }

    Entry about(UUID of, @Nullable String fact) {
        return new Entry(at, service, kind, what, why, decidedBy, of, fact, position, trace);
    }

    Entry located(Position position) {
        return new Entry(at, service, kind, what, why, decidedBy, of, fact, position, trace);
    }

    Entry traced(@Nullable String trace) {
        return new Entry(at, service, kind, what, why, decidedBy, of, fact, position, trace);
    }
}
