package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.Json;
import com.flashsale.client.platform.Databases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Compares the clients' own records of their order requests with the orders in the database. A customer whose request
 * was accepted has the order; a customer whose request was refused has none. A customer without a response has one or
 * none. The files hold one JSON object per line; a last line that was cut short is left out.
 */
final class ClientRecordsMatchOrders implements Rule {

    private static final int AT_ONCE = 1_000;
    private static final int MOST_DOUBTFUL = 10_000;
    private static final int CONFLICT = 409;

    /** One response; status 0: none came. */
    private record Line(
            Instant at, UUID customer, String key, @Nullable UUID order, int status, String where) {

        boolean isYes() {
            return status >= 200 && status < 300;
        }

        /** A conflict says that a twin request is at work; it may yet succeed, and its client may be gone. */
        boolean isNo() {
            return status >= 400 && status < 500 && status != CONFLICT;
        }

        Name name() {
            return new Name(customer, key);
        }
    }

    private record Name(UUID customer, String key) {}

    private interface LinesReader {
        void read(List<Line> lines) throws SQLException;
    }

    /** A client may record the response to the second of two tries under one key first. */
    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var directory = evidence.histories();
        if (directory == null || !Files.isDirectory(directory)) return;
        var made = madeAt(evidence.databases());
        var doubtful = new HashMap<Name, String>();
        for (var file : files(directory)) {
            read(file, result, lines -> {
                var ours =
                        lines.stream().filter(line -> !line.at().isBefore(made)).toList();
                result.checked(ours.size());
                promised(evidence.databases(), ours, result);
                refused(evidence.databases(), ours, doubtful);
            });
        }
        // a refusal counts only if no other try under the same key may have been accepted
        for (var file : doubtful.isEmpty() ? List.<Path>of() : files(directory)) {
            read(
                    file,
                    new CheckResult(),
                    lines -> lines.stream().filter(line -> !line.isNo()).forEach(line -> doubtful.remove(line.name())));
        }
        doubtful.forEach(
                (name, what) -> result.violated("key " + name.key() + " of customer " + name.customer(), what));
    }

    /** The time when these databases were made. Older records belong to databases that were thrown away. */
    private static Instant madeAt(Databases databases) throws SQLException {
        var tables = databases.count("orders", "select count(to_regclass('flyway_schema_history'))");
        if (tables == 0) return Instant.EPOCH;
        return Instant.ofEpochSecond(databases.count(
                "orders",
                "select extract(epoch from min(installed_on)::timestamptz)::bigint from flyway_schema_history"));
    }

    /** Orders are never deleted, so an order that was promised is there, its customer's own. */
    private static void promised(Databases databases, List<Line> lines, CheckResult result) throws SQLException {
        var promised = new HashMap<UUID, Line>();
        for (var line : lines) {
            if (line.isYes() && line.order() != null) promised.put(line.order(), line);
        }
        databases.readAbout(
                "orders",
                Set.copyOf(promised.keySet()),
                "select id, customer_id from orders where id = any(?)",
                row -> {
                    var line = promised.get(row.getObject(1, UUID.class));
                    if (line != null && line.customer().equals(row.getObject(2, UUID.class)))
                        promised.remove(line.order());
                });
        promised.forEach((order, line) -> result.violated(
                "order " + order,
                "was promised to customer %s under key %s (%d, %s) and is not there"
                        .formatted(line.customer(), line.key(), line.status(), line.where())));
    }

    private static void refused(Databases databases, List<Line> lines, Map<Name, String> doubtful) throws SQLException {
        var refused = new HashMap<Name, Line>();
        lines.stream().filter(Line::isNo).forEach(line -> refused.put(line.name(), line));
        var customers = new HashSet<UUID>();
        refused.keySet().forEach(name -> customers.add(name.customer()));
        databases.readAbout("orders", customers, """
                select scope, key, location
                  from idempotency_record
                 where scope = any(array(select unnest(?::uuid[])::text))
                """, row -> {
            var line = refused.get(new Name(UUID.fromString(row.getString(1)), row.getString(2)));
            if (line != null && doubtful.size() < MOST_DOUBTFUL) {
                doubtful.put(
                        line.name(),
                        "was refused (%d, %s) and yet has %s".formatted(line.status(), line.where(), row.getString(3)));
            }
        });
    }

    private static List<Path> files(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    private static void read(Path file, CheckResult result, LinesReader reader) throws SQLException {
        try (var lines = Files.newBufferedReader(file)) {
            var some = new ArrayList<Line>(AT_ONCE);
            int number = 0;
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                var where = file.getFileName() + ":" + number;
                try {
                    some.add(line(Json.tree(text), where));
                } catch (JacksonException | IllegalArgumentException | DateTimeParseException unreadable) {
                    if (hasMore(lines))
                        result.violated("history " + where, "cannot be read: " + unreadable.getMessage());
                }
                if (some.size() == AT_ONCE) {
                    reader.read(some);
                    some.clear();
                }
            }
            reader.read(some);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static boolean hasMore(BufferedReader lines) throws IOException {
        lines.mark(1);
        boolean more = lines.read() >= 0;
        lines.reset();
        return more;
    }

    private static Line line(JsonNode node, String where) {
        var order = node.path("orderId");
        return new Line(
                Instant.parse(node.path("at").asString("")),
                UUID.fromString(node.path("customerId").asString("")),
                node.path("idempotencyKey").asString(""),
                order.isNull() || order.isMissingNode() ? null : UUID.fromString(order.asString("")),
                node.path("status").asInt(-1),
                where);
    }
}
