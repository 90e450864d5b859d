package com.flashsale.platform.inbox;

import com.flashsale.platform.database.OldRows;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets messages that the broker has forgotten too: a topic keeps 7 days and a segment of one more, the inbox 10. */
class InboxCleanup {

    private static final Duration KEPT = Duration.ofDays(10);

    private final OldRows rows;

    InboxCleanup(OldRows rows) {
        this.rows = rows;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forgetOld() {
        rows.delete(KEPT);
    }

    @Scheduled(fixedDelay = 60_000)
    void measure() {
        rows.measure();
    }
}
