package com.flashsale.client.loadtest;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * That a load test is gone, and that nothing else is.
 *
 * @param leftAfterwards rows and keys that the services found when they looked once more
 * @param seen rows that the auditor found
 */
public record PurgeEvidence(String run, List<Table> tables, List<Trace> traces, long leftAfterwards, List<Seen> seen) {

    /**
     * @param others rows that are not of the run
     * @param before their digest before the removal
     * @param after and after it, in the same snapshot
     */
    public record Table(
            String service, String name, long removed, long left, long others, String before, String after) {

        static Table of(String service, JsonNode json) {
            return new Table(
                    service,
                    json.path("name").asString(),
                    json.path("removed").asLong(),
                    json.path("left").asLong(),
                    json.path("others").asLong(),
                    json.path("before").asString(),
                    json.path("after").asString());
        }

        boolean holds() {
            return left == 0 && !before.isEmpty() && before.equals(after);
        }

        private String text() {
            return "%-18s %-20s removed %-7d left %-3d others %-7d %s %s %s"
                    .formatted(
                            service,
                            name,
                            removed,
                            left,
                            others,
                            before,
                            before.equals(after) ? "=" : "BECAME",
                            before.equals(after) ? "unchanged" : after);
        }
    }

    /** Something outside the tables. */
    public record Trace(String service, String name, long removed, long left) {

        static Trace of(String service, JsonNode json) {
            return new Trace(
                    service,
                    json.path("name").asString(),
                    json.path("removed").asLong(),
                    json.path("left").asLong());
        }

        private String text() {
            return "%-18s %-20s removed %-7d left %d".formatted(service, name, removed, left);
        }
    }

    public record Seen(String database, String table, long rows) {}

    public boolean holds() {
        return !tables.isEmpty()
                && tables.stream().allMatch(Table::holds)
                && traces.stream().allMatch(trace -> trace.left() == 0)
                && leftAfterwards == 0
                && seen.stream().allMatch(each -> each.rows() == 0);
    }

    public String text() {
        var text = new StringBuilder("PURGE     " + run + System.lineSeparator());
        tables.forEach(table -> line(text, table.text()));
        traces.forEach(trace -> line(text, trace.text()));
        seen.stream()
                .filter(each -> each.rows() > 0)
                .forEach(each -> line(
                        text,
                        "the auditor found %d rows in %s.%s".formatted(each.rows(), each.database(), each.table())));
        long removed = tables.stream().mapToLong(Table::removed).sum()
                + traces.stream().mapToLong(Trace::removed).sum();
        long left = tables.stream().mapToLong(Table::left).sum() + leftAfterwards;
        return text.append(
                        holds()
                                ? ("PROOF     %d removed; 0 tagged rows in %d tables"
                                                + " by the services' and the auditor's count; all others unchanged")
                                        .formatted(removed, seen.size())
                                : "PROOF     FAILED: %d removed, %d left; purge again, and see what differs above"
                                        .formatted(removed, left))
                .toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append(System.lineSeparator());
    }
}
