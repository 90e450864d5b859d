package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.EventHistory;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.evidence.Topics;
import com.flashsale.client.platform.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Each fact in a database stands once in its topic, or waits in the outbox. Each aggregate in a topic exists in the
 * database.
 */
final class EveryFactIsTold implements Rule {

    /** An outbox this full is late anyway; the events behind it are not looked for one by one. */
    private static final int MOST_WAITING = 20_000;

    private static final int MOST_SUSPECTS = 10_000;

    private record Source(
            String topic,
            Function<Topics, EventHistory> history,
            String database,
            String table,
            String id,
            Map<String, List<String>> factsByState) {

        String name() {
            return table.equals("waitlist_entry") ? "entry " : "order ";
        }
    }

    private static final Source ORDERS = new Source(
            Topics.ORDERS,
            Topics::orders,
            "orders",
            "orders",
            "id",
            Map.of(
                    "PLACED", List.of("placed"),
                    "RESERVED", List.of("placed"),
                    "REFUSED", List.of("placed"),
                    "PAID", List.of("placed", "paid"),
                    "CANCELLED", List.of("placed", "cancelled")));
    private static final Source RESERVATIONS = new Source(
            Topics.RESERVATIONS,
            Topics::reservations,
            "inventory",
            "reservation",
            "order_id",
            Map.of(
                    "HELD", List.of("held"),
                    "CONFIRMED", List.of("held", "confirmed"),
                    "RELEASED", List.of("held", "released"),
                    "EXPIRED", List.of("held", "expired")));
    private static final Source ENTRIES = new Source(
            Topics.ENTRIES,
            Topics::entries,
            "waitlist",
            "waitlist_entry",
            "id",
            Map.of(
                    "WAITING", List.of("waiting"),
                    "OFFERED", List.of("waiting", "offered"),
                    "ORDERED", List.of("waiting", "offered", "ordered"),
                    "LAPSED", List.of("waiting", "offered", "lapsed"),
                    "LEFT", List.of("waiting", "left"),
                    "CLOSED", List.of("waiting", "closed")));

    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException, InterruptedException {
        var topics = evidence.topics();
        if (topics == null) return;
        for (var source : List.of(ORDERS, RESERVATIONS, ENTRIES)) compare(evidence, topics, source, result);
    }

    /** The outbox first and the topic last, so that an event that is sent in between is seen in one of both. */
    private static void compare(Evidence evidence, Topics topics, Source source, CheckResult result)
            throws SQLException, InterruptedException {
        var databases = evidence.databases();
        var history = source.history().apply(topics);
        var waiting = waiting(databases, source);
        var unread = topics.catchUp(databases);
        if (unread.isPresent()) {
            result.violated("topic " + source.topic(), unread.get());
            return;
        }
        if (history.isFull())
            result.violated("topic " + source.topic(), "has more than an audit can hold; not all was looked at");
        var told = new Told(source, history, waiting, topics.isHeadless(source.topic()));
        var suspects = new ArrayList<Suspect>();
        databases.read(
                source.database(),
                "select %s, state from %s".formatted(source.id(), source.table()),
                row -> missing(row, told, suspects, result));
        if (!suspects.isEmpty()) lookOnceMore(databases, topics, told, suspects, result);
        history.twice()
                .forEach(
                        (id, what) -> result.violated(source.name() + id, "in %s: %s".formatted(source.topic(), what)));
        if (source.topic().equals(Topics.RESERVATIONS)) return;
        history.forEach(ids -> unknown(databases, source, ids, result));
    }

    /**
     * Checks again the rows that may have changed since the topic was read. The event of a change is written in the
     * same transaction: by now it is in the outbox or in the topic.
     */
    private static void lookOnceMore(
            Databases databases, Topics topics, Told before, List<Suspect> suspects, CheckResult result)
            throws SQLException, InterruptedException {
        var source = before.source();
        var waiting = waiting(databases, source);
        var unread = topics.catchUp(databases);
        if (unread.isPresent()) {
            result.violated("topic " + source.topic(), unread.get());
            return;
        }
        var told = new Told(source, before.history(), waiting, before.cut());
        for (var suspect : suspects) {
            if (told.orWillBe(suspect.id(), suspect.fact())) continue;
            result.violated(
                    source.name() + suspect.id(),
                    "is %s, but %s was never told in %s".formatted(suspect.state(), suspect.fact(), source.topic()));
        }
    }

    private static Set<String> waiting(Databases databases, Source source) throws SQLException {
        var waiting = new HashSet<String>();
        databases.read(
                source.database(), """
                select subject || split_part(type, '.', 5)
                  from outbox
                 where topic = '%s'
                 limit %d
                """.formatted(source.topic(), MOST_WAITING), row -> waiting.add(row.getString(1)));
        return waiting;
    }

    /**
     * @param waiting the events in the outbox, which the relay will send
     * @param cut the broker has dropped the oldest messages: the event may have been among them
     */
    private record Told(Source source, EventHistory history, Set<String> waiting, boolean cut) {

        boolean orWillBe(UUID id, String fact) {
            return cut || history.has(id, fact) || waiting.contains(id + fact);
        }
    }

    private record Suspect(UUID id, String state, String fact) {}

    private static void missing(ResultSet row, Told told, List<Suspect> suspects, CheckResult result)
            throws SQLException {
        result.checked(1);
        var id = row.getObject(1, UUID.class);
        var source = told.source();
        for (var fact : source.factsByState().getOrDefault(row.getString(2), List.of())) {
            if (!told.orWillBe(id, fact) && suspects.size() < MOST_SUSPECTS) {
                suspects.add(new Suspect(id, row.getString(2), fact));
            }
        }
    }

    private static void unknown(Databases databases, Source source, List<UUID> told, CheckResult result)
            throws SQLException {
        var unknown = new HashSet<>(told);
        databases.readAbout(
                source.database(),
                told,
                "select %s from %s where %s = any(?)".formatted(source.id(), source.table(), source.id()),
                row -> unknown.remove(row.getObject(1, UUID.class)));
        unknown.forEach(id ->
                result.violated(source.name() + id, "was told of in %s and does not exist".formatted(source.topic())));
    }
}
