package com.flashsale.platform.inbox;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets messages that the broker has forgotten too: topics keep 7 days at most, the inbox 8. */
class InboxCleanup {

    private static final Duration KEPT = Duration.ofDays(8);
    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;

    InboxCleanup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forgetOld() {
        int deleted;
        do {
            deleted = jdbc.sql("""
                    delete from inbox
                     where ctid = any (array(
                           select ctid from inbox where received_at < now() - make_interval(secs => :kept) limit :batch))
                    """)
                    .param("kept", KEPT.toSeconds())
                    .param("batch", BATCH)
                    .update();
        } while (deleted == BATCH);
    }
}
