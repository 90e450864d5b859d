package com.flashsale.platform.idempotency;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets answers after three days, in batches. */
class IdempotencyCleanup {

    private static final Duration KEPT = Duration.ofDays(3);
    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;

    IdempotencyCleanup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forgetOld() {
        int deleted;
        do {
            deleted = jdbc.sql("""
                    delete from idempotency_record
                     where ctid = any (array(
                           select ctid from idempotency_record
                            where created_at < now() - make_interval(secs => :kept) limit :batch))
                    """)
                    .param("kept", KEPT.toSeconds())
                    .param("batch", BATCH)
                    .update();
        } while (deleted == BATCH);
    }
}
