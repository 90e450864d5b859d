package com.flashsale.waitlist.room;

/** Where a customer stands in a room. */
public sealed interface PeekReply {

    /** The customer has neither a number nor a place in the lobby. */
    record NotJoined() implements PeekReply {}

    /** As {@link NotJoined}, and after a draw the crowd is full: the lot fell on others, or one never came. */
    record CrowdFull() implements PeekReply {}

    record InLobby(long place) implements PeekReply {}

    record Waiting(long number) implements PeekReply {}

    /** @param units the most that one order may ask for */
    record HasTurn(long number, int units) implements PeekReply {}

    record Admitted(long number, Claim claim) implements PeekReply {}

    record TurnPassed(long number) implements PeekReply {}

    record SoldOut(long number) implements PeekReply {}
}
