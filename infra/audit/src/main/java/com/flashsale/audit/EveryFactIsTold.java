package com.flashsale.audit;

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

/**
 * Each fact in a database stands once in its topic, or waits in the outbox. Each aggregate in a topic exists in the
 * database.
 */
final class EveryFactIsTold implements Rule {

    /** An outbox this full is late anyway; the events behind it are not looked for one by one. */
    private static final int MOST_WAITING = 20_000;

    private static final int MOST_SUSPECTS = 10_000;

    private record Source(
            String topic, String database, String table, String id, Map<String, List<String>> factsByState) {

        String name() {
            return table.equals("waitlist_entry") ? "entry " : "order ";
        }
    }

    private static final Source ORDERS = new Source(
            Topics.ORDERS,
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
    public void look(Evidence evidence, Look look) throws SQLException, InterruptedException {
        var topics = evidence.topics();
        if (topics == null) return;
        compare(evidence, topics, ORDERS, topics.orders(), look);
        compare(evidence, topics, RESERVATIONS, topics.reservations(), look);
        compare(evidence, topics, ENTRIES, topics.entries(), look);
        // a refused order has no reservation; the refusal itself is all there is
        refusals(evidence.databases(), topics, look);
    }

    /** The outbox first and the topic last, so that an event that is sent in between is seen in one of both. */
    private static void compare(Evidence evidence, Topics topics, Source source, EventBook book, Look look)
            throws SQLException, InterruptedException {
        var databases = evidence.databases();
        var waiting = waiting(databases, source);
        var unread = topics.catchUp(databases);
        if (unread.isPresent()) {
            look.violated("topic " + source.topic(), unread.get());
            return;
        }
        if (book.isFull())
            look.violated("topic " + source.topic(), "has more than an audit can hold; not all was looked at");
        var told = new Told(source, book, waiting, topics.isHeadless(source.topic()));
        var suspects = new ArrayList<Suspect>();
        databases.read(
                source.database(),
                "select %s, state from %s".formatted(source.id(), source.table()),
                row -> missing(row, told, suspects, look));
        if (!suspects.isEmpty()) lookOnceMore(databases, topics, told, suspects, look);
        book.twice()
                .forEach((id, what) -> look.violated(source.name() + id, "in %s: %s".formatted(source.topic(), what)));
        if (source.topic().equals(Topics.RESERVATIONS)) return;
        book.forEach(ids -> unknown(databases, source, ids, look));
    }

    /**
     * Checks again the rows that may have changed since the topic was read. The event of a change is written in the
     * same transaction: by now it is in the outbox or in the topic.
     */
    private static void lookOnceMore(Databases databases, Topics topics, Told before, List<Suspect> suspects, Look look)
            throws SQLException, InterruptedException {
        var source = before.source();
        var waiting = waiting(databases, source);
        var unread = topics.catchUp(databases);
        if (unread.isPresent()) {
            look.violated("topic " + source.topic(), unread.get());
            return;
        }
        var told = new Told(source, before.book(), waiting, before.cut());
        for (var suspect : suspects) {
            if (told.orWillBe(suspect.id(), suspect.fact())) continue;
            look.violated(
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
    private record Told(Source source, EventBook book, Set<String> waiting, boolean cut) {

        boolean orWillBe(UUID id, String fact) {
            return cut || book.has(id, fact) || waiting.contains(id + fact);
        }
    }

    private record Suspect(UUID id, String state, String fact) {}

    private static void missing(ResultSet row, Told told, List<Suspect> suspects, Look look) throws SQLException {
        look.checked(1);
        var id = row.getObject(1, UUID.class);
        var source = told.source();
        for (var fact : source.factsByState().getOrDefault(row.getString(2), List.of())) {
            if (!told.orWillBe(id, fact) && suspects.size() < MOST_SUSPECTS) {
                suspects.add(new Suspect(id, row.getString(2), fact));
            }
        }
    }

    private static void refusals(Databases databases, Topics topics, Look look)
            throws SQLException, InterruptedException {
        var reservations = topics.reservations();
        if (topics.isHeadless(Topics.RESERVATIONS)) return;
        var suspects = new ArrayList<UUID>();
        databases.read("orders", "select id from orders where state = 'REFUSED'", row -> {
            var order = row.getObject(1, UUID.class);
            if (!reservations.has(order, "refused") && suspects.size() < MOST_SUSPECTS) suspects.add(order);
        });
        // refused since the topic was read? Then the topic has it by now
        if (suspects.isEmpty() || topics.catchUp(databases).isPresent()) return;
        suspects.stream()
                .filter(order -> !reservations.has(order, "refused"))
                .forEach(order -> look.violated("order " + order, "is REFUSED, but inventory never said so"));
    }

    private static void unknown(Databases databases, Source source, List<UUID> told, Look look) throws SQLException {
        var unknown = new HashSet<>(told);
        databases.readAbout(
                source.database(),
                told,
                "select %s from %s where %s = any(?)".formatted(source.id(), source.table(), source.id()),
                row -> unknown.remove(row.getObject(1, UUID.class)));
        unknown.forEach(id ->
                look.violated(source.name() + id, "was told of in %s and does not exist".formatted(source.topic())));
    }
}
