package com.flashsale.platform.database;

import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;

/** The schedule of {@link OldRows}: deletes once an hour, and measures the oldest row once a minute. */
public abstract class OldRowsCleanup {

    private final OldRows rows;
    private final Duration kept;

    protected OldRowsCleanup(OldRows rows, Duration kept) {
        this.rows = rows;
        this.kept = kept;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void deleteOld() {
        rows.delete(kept);
    }

    @Scheduled(fixedDelay = 60_000)
    void measure() {
        rows.measure();
    }
}
