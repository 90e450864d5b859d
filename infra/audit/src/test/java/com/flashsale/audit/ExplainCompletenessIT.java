package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.explain.Entry;
import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Explain.Limits;
import com.flashsale.audit.explain.Explanation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every row and event with the id of an order is in its explanation. The test looks for the id in every table and every
 * topic without knowing them, over a history of orders that went all ways.
 */
class ExplainCompletenessIT extends ExplainedShop {

    private static final int ORDERS = 60;
    private static final int UNITS = 45;
    private static final long SEED = Long.getLong("explain.seed", 20_261_127);
    private static final List<String> DATABASES = List.of("catalog", "inventory", "orders", "waitlist", "payment");

    private final Random random = new Random(SEED);
    private final List<UUID> orders = new ArrayList<>();

    /** Many orders at once, each with a way of its own. */
    private void history() throws Exception {
        shop.close();
        books.clear();
        shop = new TinyShop(books, UNITS, 1);
        for (int i = 0; i < ORDERS; i++) {
            var customer = UUID.randomUUID();
            var order = orderOf(customer);
            orders.add(order);
            shop.databases.insert("waitlist", Row.of("admitted_order").with("order_id", order));
            if (random.nextInt(10) == 0) sendTwice("orders");
        }
        shop.settle();
        for (var order : orders) {
            switch (random.nextInt(6)) {
                case 0, 1 -> pay(order);
                case 2 -> declineThenPay(order);
                case 3 -> shop.orders.cancel(order);
                case 4 -> shop.orders.request(TinyShop.uuid(), order);
                default -> shop.databases.insert("inventory", refused(order));
            }
        }
        sendTwice("orders");
        shop.settle();
        // these events are still on their way at the end
        for (var order : orders.subList(0, 20)) shop.orders.cancel(order);
    }

    private Row refused(UUID order) {
        return Row.of("refused_order").with("order_id", order).with("sale_id", shop.sale);
    }

    private void pay(UUID order) throws SQLException {
        shop.orders.pay(order);
    }

    private void declineThenPay(UUID order) throws SQLException {
        decline(order);
        if (random.nextBoolean()) shop.orders.pay(order);
    }

    private void sendTwice(String database) throws SQLException {
        for (var waiting : shop.events.waiting(database, 0)) shop.events.send(waiting.event());
    }

    @Test
    void every_row_and_event_with_the_id_of_an_order_is_in_its_explanation() throws Exception {
        history();
        var events = EventPositions.bySubject(books.kafka());

        for (var order : orders) {
            assertComplete(order, explain(order), events);
        }
        // the same where only the time around the rows is read
        for (var order : orders.subList(0, 15)) {
            assertComplete(order, found(order, AS_IF_LARGE).orElseThrow(), events);
        }
        assertThat(found(orders.getFirst(), Limits.QUICK).orElseThrow().unread())
                .isEmpty();
    }

    private void assertComplete(UUID order, Explanation explanation, Map<UUID, Set<String>> events)
            throws SQLException {
        var rows = new TreeMap<String, Integer>();
        var shown = new TreeMap<String, Integer>();
        for (var database : DATABASES) rows.putAll(rowsWith(database, order));
        of(explanation, Kind.ROW).forEach(row -> shown.merge(row.what().replaceAll("[ (].*", ""), 1, Integer::sum));
        of(explanation, Kind.EVENT).stream()
                .filter(event -> event.position() == null)
                .forEach(_ -> shown.merge("outbox", 1, Integer::sum));
        assertThat(rows).as("seed %d, order %s", SEED, order).containsKeys("orders", "idempotency_record");
        assertThat(shown).as("seed %d, order %s", SEED, order).containsAllEntriesOf(rows);
        assertThat(of(explanation, Kind.EVENT))
                .filteredOn(event -> order.equals(event.of()) && event.position() != null)
                .extracting(event -> String.valueOf(event.position()))
                .as("seed %d, order %s", SEED, order)
                .containsExactlyInAnyOrderElementsOf(events.get(order));
        assertThat(of(explanation, Kind.HANDLED)).hasSize(handled(explanation));
    }

    /** The number of rows of each table that hold the id anywhere. */
    private Map<String, Integer> rowsWith(String database, UUID order) throws SQLException {
        var found = new HashMap<String, Integer>();
        for (var table : tables(database)) {
            var count = (Long) shop.databases
                    .row(
                            database,
                            "select count(*) from %s as t where to_jsonb(t)::text like ?".formatted(table),
                            "%" + order + "%")
                    .getFirst();
            if (count > 0) found.put(table, count.intValue());
        }
        return found;
    }

    private List<String> tables(String database) throws SQLException {
        var names = (String) shop.databases
                .row(database, "select string_agg(tablename, ',') from pg_tables where schemaname = 'public'")
                .getFirst();
        return List.of(names.split(",", -1));
    }

    private int handled(Explanation explanation) throws SQLException {
        var ids = new HashSet<String>();
        of(explanation, Kind.EVENT).stream().map(Entry::what).forEach(what -> ids.add(what.split(" ", -1)[1]));
        int marks = 0;
        for (var database : List.of("inventory", "orders")) {
            for (var id : ids) {
                marks += ((Long) shop.databases
                                .row(database, "select count(*) from inbox where message_id = ?", UUID.fromString(id))
                                .getFirst())
                        .intValue();
            }
        }
        return marks;
    }
}
