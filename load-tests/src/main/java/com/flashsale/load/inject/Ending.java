package com.flashsale.load.inject;

import com.flashsale.load.http.Answer;
import java.util.Set;

/** What an answer means to the visitor. */
public enum Ending {
    /** He got what he asked for. */
    ACCEPTED,
    /** There is nothing left for him: a proper end, and cheap, so it is counted apart. */
    SOLD_OUT,
    /** Not now: the answer says when to come back. */
    REFUSED,
    /** Neither. */
    FAILED;

    private static final Set<String> NOTHING_LEFT = Set.of("sold-out", "crowd-full", "sale-ended", "waitlist-closed");
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    public static Ending of(Answer answer) {
        if (answer.isSuccess()) return ACCEPTED;
        if (NOTHING_LEFT.contains(answer.problem())) return SOLD_OUT;
        boolean later = answer.status() == TOO_MANY || answer.status() == UNAVAILABLE;
        return later && answer.retryAfter() ? REFUSED : FAILED;
    }
}
