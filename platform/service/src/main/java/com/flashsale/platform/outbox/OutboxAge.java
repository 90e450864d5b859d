package com.flashsale.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The age of the oldest waiting event and the number of waiting events: the first sign that the relay or the broker is
 * in trouble.
 */
class OutboxAge {

    /** Counting stops here: past this number it only matters that there are many. */
    private static final int COUNT_LIMIT = 100_000;

    record Backlog(double oldestSeconds, long events) {}

    private final JdbcClient jdbc;
    private final AtomicReference<Backlog> latest = new AtomicReference<>(new Backlog(0, 0));

    OutboxAge(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        Gauge.builder("outbox.oldest.age", latest, backlog -> backlog.get().oldestSeconds())
                .baseUnit("seconds")
                .description("Age of the oldest event that is not published")
                .register(meters);
        Gauge.builder("outbox.pending", latest, backlog -> backlog.get().events())
                .description("Events that are not published, counted up to " + COUNT_LIMIT)
                .register(meters);
    }

    @Scheduled(fixedDelay = 2_000)
    void measure() {
        latest.set(
                jdbc.sql("""
                select coalesce(extract(epoch from now() - min(occurred_at)), 0) as oldest_seconds, count(*) as events
                  from (select occurred_at from outbox order by seq limit :limit) as waiting
                """).param("limit", COUNT_LIMIT).query(Backlog.class).single());
    }
}
