package com.flashsale.platform.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
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

    /** The rows that one transaction deletes at most. */
    private static final int PORTION = 50_000;

    private static final int TRIES = 5;

    private final TaggedTables tables;
    private final TaggedRows rows;
    private final JdbcClient jdbc;
    private final List<PurgeTarget> traces;
    private final TransactionTemplate snapshot;

    /** @param owners of the rows that have no tag of their own */
    public PurgeRun(
            JdbcClient jdbc, PlatformTransactionManager transactions, List<TagOwner> owners, List<PurgeTarget> traces) {
        this.jdbc = jdbc;
        this.tables = new TaggedTables(jdbc, List.copyOf(owners));
        this.rows = new TaggedRows(jdbc);
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
        var sorted = tables.sorted();
        var first = sorted.stream().map(table -> purge(table, run)).toList();
        var all = new ArrayList<Table>();
        for (int each = 0; each < first.size(); each++) {
            all.add(purgeLateRows(sorted.get(each), first.get(each), run));
        }
        var report = new Report(run, removed, all);
        afterwards.forEach(Runnable::run);
        log.info("Load test {} is purged: {}", run, report);
        return report;
    }

    /** Removes rows of a transaction that began before the run was closed and wrote while the tables were emptied. */
    private Table purgeLateRows(TaggedTable table, Table first, String run) {
        if (inSnapshot(() -> rows.read(table, run)).mine() == 0) return first;
        var late = purge(table, run);
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
                tables.sorted().stream().map(table -> portion(table, run, 0)).toList());
    }

    private Table purge(TaggedTable table, String run) {
        long removed = 0;
        while (true) {
            var portion = portion(table, run, PORTION);
            removed += portion.removed();
            if (portion.removed() < PORTION) {
                return new Table(
                        table.name(), removed, portion.left(), portion.others(), portion.before(), portion.after());
            }
        }
    }

    private Table portion(TaggedTable table, String run, int limit) {
        return inSnapshot(() -> {
            // triggers that forbid every other deletion check this setting
            set("platform.purge", "on");
            var before = rows.read(table, run);
            long removed = before.mine() == 0 || limit == 0 ? 0 : rows.delete(table, run, limit);
            var after = rows.read(table, run);
            if (!after.others().equals(before.others())) {
                throw new TouchedOthersException(table.name(), before.others(), after.others());
            }
            var others = after.others();
            return new Table(
                    table.name(),
                    removed,
                    after.mine(),
                    others.rows(),
                    before.others().text(),
                    others.text());
        });
    }

    private <T> T inSnapshot(Supplier<T> work) {
        for (int failed = 1; ; failed++) {
            try {
                return Objects.requireNonNull(snapshot.execute(_ -> {
                    // a large table may take longer than a request's statement
                    set("statement_timeout", "60s");
                    return work.get();
                }));
            } catch (ConcurrencyFailureException moved) {
                // a job moved a row of the run meanwhile: a new snapshot has its present state
                if (failed == TRIES) throw moved;
            }
        }
    }

    private void set(String setting, String value) {
        jdbc.sql("select set_config(:setting, :value, true)")
                .param("setting", setting)
                .param("value", value)
                .query(String.class)
                .single();
    }
}
