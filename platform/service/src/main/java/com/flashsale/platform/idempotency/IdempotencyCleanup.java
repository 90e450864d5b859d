package com.flashsale.platform.idempotency;

import com.flashsale.platform.database.OldRows;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets answers after three days. */
class IdempotencyCleanup {

    private static final Duration KEPT = Duration.ofDays(3);

    private final OldRows rows;

    IdempotencyCleanup(OldRows rows) {
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
