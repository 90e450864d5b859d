package com.flashsale.load.inject;

import com.flashsale.load.http.Response;
import java.util.Set;

/** The meaning of an answer for the visitor. */
public enum Outcome {
    /** The visitor's request succeeded. */
    ACCEPTED,
    /** No unit or place is left: a proper and cheap end, so it is counted apart. */
    SOLD_OUT,
    /** A 429 or 503 that says when to come back. */
    REFUSED,
    /** Every other answer, and a missing one. */
    FAILED;

    private static final Set<String> NOTHING_LEFT = Set.of("sold-out", "crowd-full", "sale-ended", "waitlist-closed");
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    public static Outcome of(Response response) {
        if (response.isSuccess()) return ACCEPTED;
        if (NOTHING_LEFT.contains(response.problem())) return SOLD_OUT;
        boolean later = response.status() == TOO_MANY || response.status() == UNAVAILABLE;
        return later && response.retryAfter() ? REFUSED : FAILED;
    }
}
