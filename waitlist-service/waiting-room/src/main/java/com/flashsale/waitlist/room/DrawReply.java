package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.CustomerId;
import java.util.List;

/** The next step of a draw. */
sealed interface DrawReply {

    /** A customer in the lobby and the place that decides the order. */
    record Candidate(CustomerId customer, long place) {}

    /**
     * @param epoch of the room that replied
     * @param issued the last number that it has given
     */
    record Next(long epoch, long issued, List<Candidate> candidates) implements DrawReply {}

    /**
     * The customers who are left have no chance.
     *
     * @param epoch of the room that replied
     */
    record Cut(long epoch) implements DrawReply {}

    record Empty() implements DrawReply {}
}
