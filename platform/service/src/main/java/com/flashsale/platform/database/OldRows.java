package com.flashsale.platform.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the rows of a table that are older than it keeps them, in batches, by the index on their time. A batch may
 * take longer than a request's statement, and the age of the oldest row is a metric: a clean-up that fails is seen long
 * before its table is too large.
 */
public final class OldRows {

    private static final int BATCH = 5_000;
    private static final String TIME_LIMIT = "60s";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String delete;
    private final String oldest;
    private volatile double oldestSeconds;

    /** @param column when a row was written; both names are constants of the caller */
    public OldRows(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            String table,
            String column) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.delete = """
            delete from %1$s
             where ctid = any (array(
                   select ctid from %1$s
                    where %2$s < now() - make_interval(secs => :kept)
                    order by %2$s
                    limit :batch))
            """.formatted(table, column);
        this.oldest = "select coalesce(extract(epoch from now() - min(%2$s)), 0) from %1$s".formatted(table, column);
        Gauge.builder("table.oldest.age", () -> oldestSeconds)
                .tag("table", table)
                .baseUnit("seconds")
                .description("Age of the oldest row of a table that is cleaned up")
                .register(meters);
    }

    /** @return how many rows it deleted */
    public long delete(Duration kept) {
        long deleted = 0;
        int batch;
        do {
            batch = Objects.requireNonNull(transaction.execute(_ -> deleteBatch(kept)));
            deleted += batch;
        } while (batch == BATCH);
        return deleted;
    }

    /** Looks how old the oldest row is. */
    public void measure() {
        oldestSeconds = jdbc.sql(oldest).query(Double.class).single();
    }

    private int deleteBatch(Duration kept) {
        jdbc.sql("select set_config('statement_timeout', :limit, true)")
                .param("limit", TIME_LIMIT)
                .query(String.class)
                .single();
        return jdbc.sql(delete)
                .param("kept", kept.toSeconds())
                .param("batch", BATCH)
                .update();
    }
}
