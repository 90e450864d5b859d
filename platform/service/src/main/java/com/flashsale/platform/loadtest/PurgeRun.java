package com.flashsale.platform.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the rows of one run, and proves in the same transaction that it removed no other rows. Each transaction is
 * one snapshot: it takes the digest of all other rows, deletes a portion, and takes the digest again. Real traffic goes
 * on meanwhile and is invisible in the snapshot, so the two digests differ only by the effect of the deletion itself.
 * If they do differ, the transaction is rolled back.
 */
public class PurgeRun {

    private static final Logger log = LoggerFactory.getLogger(PurgeRun.class);

    private static final int STATEMENT = 5_000;
    private static final int STATEMENTS = 10;
    private static final int TRIES = 5;

    private final TaggedTables tables;
    private final JdbcClient jdbc;
    private final List<PurgeTarget> traces;
    private final TransactionTemplate snapshot;

    public PurgeRun(JdbcClient jdbc, PlatformTransactionManager transactions, List<PurgeTarget> traces) {
        this.jdbc = jdbc;
        this.tables = new TaggedTables(jdbc);
        this.traces = List.copyOf(traces);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * The result of the purge for one table.
     *
     * @param others rows that are not of the run, in the last snapshot
     * @param before their digest before the deletion
     * @param after their digest after the deletion
     */
    public record Table(String name, long removed, long left, long others, String before, String after) {}

    /** The result of the purge for one kind of data outside the tables. */
    public record Trace(String name, long removed, long left) {}

    /**
     * @param traces in the order of their removal
     * @param tables in the order of their removal
     */
    public record Report(String run, List<Trace> traces, List<Table> tables) {}

    /** The purge would have changed rows that are not of the run. */
    static final class TouchedOthersException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        TouchedOthersException(String table, Digest before, Digest after) {
            super("The purge of %s would have changed rows of others: %s, then %s".formatted(table, before, after));
        }
    }

    /** Purges the run. A second call is harmless: it finds nothing and reports so. */
    public Report purge(String run) {
        // a trace may need rows of the run to know its work, which it repeats after the rows have
        // gone
        var afterwards = traces.stream().map(trace -> trace.afterRows(run)).toList();
        var removed = new ArrayList<Trace>();
        for (var trace : traces) {
            removed.add(new Trace(trace.name(), trace.remove(run), trace.left(run)));
        }
        var report = new Report(
                run,
                removed,
                tables.names().stream().map(table -> purge(table, run)).toList().stream()
                        .map(table -> purgeLateRows(table, run))
                        .toList());
        afterwards.forEach(Runnable::run);
        log.info("Load test {} is purged: {}", run, report);
        return report;
    }

    /** Removes rows of a transaction that began before the run was closed and wrote while the tables were emptied. */
    private Table purgeLateRows(Table first, String run) {
        if (tables.tagged(first.name(), run) == 0) return first;
        var late = purge(first.name(), run);
        return new Table(
                late.name(), first.removed() + late.removed(), late.left(), late.others(), late.before(), late.after());
    }

    /** Counts the data of the run without removing any. */
    public Report look(String run) {
        return new Report(
                run,
                traces.stream()
                        .map(trace -> new Trace(trace.name(), 0, trace.left(run)))
                        .toList(),
                tables.names().stream().map(table -> inSnapshot(table, run, 0)).toList());
    }

    private Table purge(String table, String run) {
        long removed = 0;
        while (true) {
            var portion = inSnapshot(table, run, STATEMENTS);
            removed += portion.removed();
            if (portion.removed() < (long) STATEMENT * STATEMENTS) {
                return new Table(table, removed, portion.left(), portion.others(), portion.before(), portion.after());
            }
        }
    }

    private Table inSnapshot(String table, String run, int statements) {
        for (int failed = 1; ; failed++) {
            try {
                return Objects.requireNonNull(snapshot.execute(_ -> portion(table, run, statements)));
            } catch (ConcurrencyFailureException moved) {
                // a job moved a row of the run meanwhile: a new snapshot has its present state
                if (failed == TRIES) throw moved;
            }
        }
    }

    private Table portion(String table, String run, int statements) {
        // triggers that forbid every other deletion check this setting
        jdbc.sql("select set_config('platform.purge', 'on', true)")
                .query(String.class)
                .single();
        // the digest of a snapshot reads the whole table, which may take longer than a request's
        // statement
        jdbc.sql("select set_config('statement_timeout', '60s', true)")
                .query(String.class)
                .single();
        var before = tables.others(table, run);
        long removed = 0;
        for (int statement = 0; statement < statements; statement++) {
            int some = tables.delete(table, run, STATEMENT);
            removed += some;
            if (some < STATEMENT) break;
        }
        var after = tables.others(table, run);
        if (!after.equals(before)) throw new TouchedOthersException(table, before, after);
        return new Table(table, removed, tables.tagged(table, run), after.rows(), before.text(), after.text());
    }
}
