package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.evidence.TopicHistory;
import com.flashsale.audit.evidence.Topics;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** I7 and I8: what must be told is told once and taken once, in the order in which it happened. */
final class TopicRules {

    private static final List<String> WITH_OUTBOX = List.of("catalog", "inventory", "orders", "waitlist");

    private TopicRules() {}

    static Invariant everyEffectOnce() {
        var rules = new ArrayList<Rule>();
        WITH_OUTBOX.forEach(database -> rules.add(outboxDrains(database)));
        rules.add(new EveryFactIsTold());
        rules.add(new EveryRefusalIsTold());
        rules.add(new EveryEventIsTaken());
        rules.add(new CopiesAgree());
        return new Invariant(
                "I7", "outboxes drain in 30 s; every fact is told, and takes effect exactly once", List.copyOf(rules));
    }

    static Invariant eventsInOrder() {
        return new Invariant("I8", "events of one thing are told in the order of its versions", new EventsInOrder());
    }

    private static Rule outboxDrains(String database) {
        return new SqlRule(database, Rule.SETTLED, "select count(*) from outbox", """
                select 'event ' || id,
                       format('of %s, %s, waits in the outbox of %s for %s s', subject, type, current_database(),
                              extract(epoch from now() - occurred_at)::int)
                  from outbox
                 where occurred_at < now() - interval '30 s'
                 order by seq
                 limit 100
                """);
    }

    private static final class EveryEventIsTaken implements Rule {

        @Override
        public Duration patience() {
            return SETTLED;
        }

        @Override
        public void check(Evidence evidence, CheckResult result) throws SQLException, InterruptedException {
            var topics = evidence.topics();
            if (topics == null) return;
            topics.catchUp(evidence.databases()).ifPresent(why -> result.violated("topics", why));
            result.checked(topics.orders().events() + topics.reservations().events());
            topics.unconsumed().descriptions().forEach((event, what) -> result.violated("event " + event, what));
        }
    }

    private static final class EventsInOrder implements Rule {

        private record Watched(String aggregate, String topic, TopicHistory history) {}

        @Override
        public Duration patience() {
            return SETTLED;
        }

        @Override
        public void check(Evidence evidence, CheckResult result) throws SQLException, InterruptedException {
            var topics = evidence.topics();
            if (topics == null) return;
            topics.catchUp(evidence.databases()).ifPresent(why -> result.violated("topics", why));
            var watched = List.of(
                    new Watched("order ", Topics.ORDERS, topics.orders()),
                    new Watched("order ", Topics.RESERVATIONS, topics.reservations()),
                    new Watched("entry ", Topics.ENTRIES, topics.entries()),
                    new Watched("sale ", Topics.STOCKS, topics.stocks()),
                    new Watched("sale ", Topics.SALES, topics.sales()));
            for (var each : watched) {
                result.checked(each.history().events());
                each.history()
                        .disorder()
                        .forEach((id, why) ->
                                result.violated(each.aggregate() + id, "in %s: %s".formatted(each.topic(), why)));
            }
        }
    }

    /**
     * Services keep copies of sales and stocks by events: the same version everywhere, or an event was lost or
     * forgotten.
     */
    private static final class CopiesAgree implements Rule {

        private record Copy(String database, String query, String of) {}

        private static final List<Copy> OF_SALES = List.of(
                new Copy("inventory", "select sale_id, terms_version from stock", "terms of the sale"),
                new Copy("orders", "select id, version from sale", "the sale"),
                new Copy("waitlist", "select sale_id, version from sale", "the sale"));
        private static final List<Copy> OF_STOCKS = List.of(
                new Copy("waitlist", "select sale_id, version from stock", "the stock"),
                new Copy("catalog", "select sale_id, version from sale_stock", "the stock"));

        @Override
        public Duration patience() {
            return SETTLED;
        }

        @Override
        public void check(Evidence evidence, CheckResult result) throws SQLException {
            var databases = evidence.databases();
            var sales = versions(databases, "catalog", "select id, version from sale");
            var stocks = versions(databases, "inventory", "select sale_id, version from stock");
            result.checked(sales.size() + stocks.size());
            for (var copy : OF_SALES) compare(databases, sales, copy, result);
            for (var copy : OF_STOCKS) compare(databases, stocks, copy, result);
        }

        private static Map<UUID, Long> versions(Databases databases, String database, String query)
                throws SQLException {
            var versions = new HashMap<UUID, Long>();
            databases.read(database, query, row -> versions.put(row.getObject(1, UUID.class), row.getLong(2)));
            return versions;
        }

        private static void compare(Databases databases, Map<UUID, Long> truth, Copy copy, CheckResult result)
                throws SQLException {
            var copied = versions(databases, copy.database(), copy.query());
            truth.forEach((sale, version) -> {
                long known = copied.getOrDefault(sale, 0L);
                // the subject names the version it stands at: a copy that moves on is late, not wrong
                if (known < version) {
                    result.violated(
                            "sale %s in %s, version %d".formatted(sale, copy.database(), known),
                            "of %s is all it knows, the newest is %d".formatted(copy.of(), version));
                }
            });
        }
    }
}
