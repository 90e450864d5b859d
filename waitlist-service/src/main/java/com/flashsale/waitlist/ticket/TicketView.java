package com.flashsale.waitlist.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.flashsale.waitlist.status.WaitingTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in the line as its owner sees it.
 *
 * @param number null in the lobby, and then written as null
 * @param units with ADMITTED: the most that one order may ask for
 * @param waitSeconds with WAITING, when it can be said
 * @param admission with ADMITTED; if it is missing, {@code POST .../admissions} gives it
 */
record TicketView(
        @JsonInclude @Nullable Long number,
        State state,
        String ticket,
        @Nullable String admission,
        @Nullable Instant expiresAt,
        @Nullable Integer units,
        @Nullable WaitingTime waitSeconds) {

    enum State {
        LOBBY,
        WAITING,
        ADMITTED,
        TURN_PASSED,
        SOLD_OUT
    }
}
