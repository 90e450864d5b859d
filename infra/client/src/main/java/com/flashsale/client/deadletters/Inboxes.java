package com.flashsale.client.deadletters;

import java.time.Duration;
import java.time.Instant;

/** How long the services remember what they have handled. */
final class Inboxes {

    /** A day less than the inboxes keep. */
    private static final Duration REMEMBER = Duration.ofDays(9);

    static final String WHY = "of more than " + REMEMBER.toDays() + " days ago: a consumer that has handled it may have"
            + " forgotten that; --force sends it all the same";

    private Inboxes() {}

    static boolean haveForgotten(Letter letter, Instant now) {
        return letter.happenedAt().plus(REMEMBER).isBefore(now);
    }
}
