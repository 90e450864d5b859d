package com.flashsale.waitlist.room;

/** The reply of a room to a customer who joins. */
public sealed interface JoinReply {

    /** @param epoch of the room that has the claim */
    record Admitted(long number, Claim claim, long epoch) implements JoinReply {}

    record Waiting(long number) implements JoinReply {}

    /**
     * @param place in the draw
     * @param epoch of the room that gave the place
     */
    record InLobby(long place, long epoch) implements JoinReply {}

    record NotOpen() implements JoinReply {}

    record SoldOut() implements JoinReply {}

    record CrowdFull() implements JoinReply {}

    record Ended() implements JoinReply {}
}
