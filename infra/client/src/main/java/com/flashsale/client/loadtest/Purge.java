package com.flashsale.client.loadtest;

import com.flashsale.client.ToolException;
import com.flashsale.client.loadtest.PurgeEvidence.Table;
import com.flashsale.client.loadtest.PurgeEvidence.Trace;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Removes a load test from the platform. First no replica serves or reads anything of it any more. Then each service
 * removes the rows in its own tables and proves it. At last another role looks for remains.
 */
public final class Purge {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The databases to check; order-service removes the payment provider's rows as its customer. */
    private static final List<String> DATABASES =
            List.of("catalog", "inventory", "orders", "waitlist", "auth", "payment");

    private final LoadTestReplicas replicas;
    private final Databases databases;

    /** @param databases opened by the role that reads every table and writes none */
    public Purge(LoadTestReplicas replicas, Databases databases) {
        this.replicas = replicas;
        this.databases = databases;
    }

    public PurgeEvidence of(String run) throws InterruptedException, SQLException {
        requireQuiet(run);
        var close = LoadTestReplicas.close(run);
        replicas.askEachService(close).forEach(reply -> reply.answer().require(close));
        if (!replicas.awaitAll(
                LoadTestReplicas.run(run), replica -> replica.path("closed").asBoolean(), PATIENCE)) {
            throw new IllegalStateException("a replica still works for " + run + " after " + PATIENCE);
        }
        var tables = new ArrayList<Table>();
        var traces = new ArrayList<Trace>();
        var purge = LoadTestReplicas.purge(run);
        for (var reply : replicas.askEachService(purge)) {
            var report = reply.answer().require(purge);
            report.path("tables").forEach(table -> tables.add(Table.of(reply.service(), table)));
            report.path("traces").forEach(trace -> traces.add(Trace.of(reply.service(), trace)));
        }
        return new PurgeEvidence(run, tables, traces, leftAfterwards(run), seenByTheAuditor(run));
    }

    /** Refuses a run that still goes on: it would write while it is removed. */
    private void requireQuiet(String run) throws InterruptedException {
        var state = LoadTestReplicas.state();
        boolean served = replicas.askAll(state).stream()
                .anyMatch(reply -> reply.answer().require(state).path("served").asBoolean());
        if (!served) return;
        var look = LoadTestReplicas.run(run);
        for (var reply : replicas.askAll(look)) {
            var quietFor = reply.answer().require(look).path("quietForMillis");
            if (quietFor.isNumber() && quietFor.asLong() < QUIET.toMillis()) {
                throw ToolException.prerequisite(
                        "%s served %s %d ms ago. Wait for its end, or stop all load tests: ./flashsale load off"
                                .formatted(reply.service(), run, quietFor.asLong()));
            }
        }
    }

    /** Asks the services once more: a row that came after its table was emptied would show here. */
    private long leftAfterwards(String run) throws InterruptedException {
        long left = 0;
        var look = LoadTestReplicas.traces(run);
        for (var reply : replicas.askEachService(look)) {
            var report = reply.answer().require(look);
            left += sum(report.path("tables")) + sum(report.path("traces"));
        }
        return left;
    }

    private static long sum(JsonNode list) {
        return list.valueStream().mapToLong(one -> one.path("left").asLong()).sum();
    }

    /** Does not rely on the services' reports: another role reads every table that has the column. */
    private List<PurgeEvidence.Seen> seenByTheAuditor(String run) throws SQLException {
        var seen = new ArrayList<PurgeEvidence.Seen>();
        for (var database : DATABASES) {
            var tables = new ArrayList<String>();
            databases.read(database, """
                    select quote_ident(table_name)
                      from information_schema.columns
                     where column_name = 'load_test'
                       and table_schema = 'public'
                     order by table_name
                    """, row -> tables.add(row.getString(1)));
            for (var table : tables) {
                var tagged = databases.count(
                        database, "select count(*) from %s where load_test = '%s'".formatted(table, run));
                seen.add(new PurgeEvidence.Seen(database, table, tagged));
            }
        }
        return seen;
    }
}
