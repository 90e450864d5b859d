package com.flashsale.client.loadtest;

import static java.util.stream.Collectors.joining;

import com.flashsale.client.ToolException;
import com.flashsale.client.loadtest.PurgeEvidence.Table;
import com.flashsale.client.loadtest.PurgeEvidence.Trace;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    /** The query for the sales of a database. The tag of a sale is that of all its rows. */
    private static final Map<String, String> SALES = Map.of(
            "catalog", "select id from sale",
            "inventory", "select sale_id from stock",
            "orders", "select id from sale",
            "waitlist", "select sale_id from sale");

    private final LoadTestReplicas replicas;
    private final Databases databases;

    /** @param databases opened by the role that reads every table and writes none */
    public Purge(LoadTestReplicas replicas, Databases databases) {
        this.replicas = replicas;
        this.databases = databases;
    }

    public PurgeEvidence of(String run) throws InterruptedException, SQLException {
        requireQuiet(run);
        // the purge removes the sales too: to find rows left of them, the auditor notes them first
        var sales = salesOf(run);
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
        sales.addAll(salesOf(run));
        return new PurgeEvidence(run, tables, traces, leftAfterwards(run), seenByTheAuditor(run, sales));
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

    /** The sales of the run that are there, and those that went with an earlier purge or never came. */
    private Set<UUID> salesOf(String run) throws SQLException {
        var sales = new HashSet<UUID>();
        for (var each : SALES.entrySet()) {
            databases.read(
                    each.getKey(),
                    "%1$s where load_test = '%2$s' union select key from load_run_key where run = '%2$s'"
                            .formatted(each.getValue(), run),
                    row -> sales.add(row.getObject(1, UUID.class)));
        }
        return sales;
    }

    /** Does not rely on the services' reports: another role reads every table that has one of the columns. */
    private List<PurgeEvidence.Seen> seenByTheAuditor(String run, Set<UUID> sales) throws SQLException {
        var tagged = "load_test = '%s'".formatted(run);
        var ofSales = "sale_id = any('{%s}'::uuid[])"
                .formatted(sales.stream().map(UUID::toString).collect(joining(",")));
        var seen = new ArrayList<PurgeEvidence.Seen>();
        for (var database : DATABASES) {
            var tables = new LinkedHashMap<String, String>();
            databases.read(
                    database,
                    """
                    select quote_ident(table_name), column_name
                      from information_schema.columns
                      join information_schema.tables using (table_schema, table_name)
                     where column_name in ('load_test', 'sale_id')
                       and table_type = 'BASE TABLE'
                       and table_schema = 'public'
                     order by table_name, column_name
                    """,
                    row -> tables.merge(
                            row.getString(1),
                            row.getString(2).equals("sale_id") ? ofSales : tagged,
                            (one, other) -> one + " or " + other));
            for (var table : tables.entrySet()) {
                var rows = databases.count(
                        database, "select count(*) from %s where %s".formatted(table.getKey(), table.getValue()));
                seen.add(new PurgeEvidence.Seen(database, table.getKey(), rows));
            }
        }
        return seen;
    }
}
