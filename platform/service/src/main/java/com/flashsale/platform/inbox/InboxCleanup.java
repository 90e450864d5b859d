package com.flashsale.platform.inbox;

import com.flashsale.platform.database.OldRows;
import com.flashsale.platform.database.OldRowsCleanup;
import java.time.Duration;

/** Forgets messages that the broker has forgotten too: a topic keeps 7 days and a segment of one more, the inbox 10. */
class InboxCleanup extends OldRowsCleanup {

    private static final Duration KEPT = Duration.ofDays(10);

    InboxCleanup(OldRows rows) {
        super(rows, KEPT);
    }
}
