package com.flashsale.waitlist.room;

import java.time.Duration;

/** The reply of a room to a ticket that claims its turn. */
public sealed interface ClaimReply {

    /** @param epoch of the room that has the claim */
    record Admitted(long number, Claim claim, long epoch) implements ClaimReply {}

    record NotYourTurn(Duration retryAfter) implements ClaimReply {}

    /** The sale is paused, and the ticket has no turn yet. */
    record Paused() implements ClaimReply {}

    /** The sale is paused, and so is the clock of the ticket's turn. */
    record TurnKept() implements ClaimReply {}

    record TurnPassed() implements ClaimReply {}

    record SoldOut() implements ClaimReply {}

    record Ended() implements ClaimReply {}
}
