package com.flashsale.audit.evidence;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Events in the topics that the consumer who must act on them has not marked as taken. The mark and the effect are one
 * transaction.
 */
public final class UnconsumedEvents {

    /** Further ones are not remembered: a consumer so far behind is seen by these. */
    private static final int MOST = 10_000;

    private static final Set<String> FOR_ORDERS = Set.of("held", "refused", "expired", "confirmation-refused");

    private final Map<UUID, String> byInventory = new LinkedHashMap<>();
    private final Map<UUID, String> byOrders = new LinkedHashMap<>();

    void add(String topic, String fact, UUID event, UUID subject) {
        if (topic.equals(Topics.ORDERS)) {
            add(byInventory, event, "%s of order %s was never taken by inventory-service".formatted(fact, subject));
        } else if (topic.equals(Topics.RESERVATIONS) && FOR_ORDERS.contains(fact)) {
            add(byOrders, event, "%s of order %s was never taken by order-service".formatted(fact, subject));
        }
    }

    private static void add(Map<UUID, String> events, UUID event, String what) {
        if (events.size() < MOST) events.put(event, what);
    }

    void strikeOut(Databases databases) throws SQLException {
        strikeOut(databases, "inventory", "inventory-service.order", byInventory);
        strikeOut(databases, "orders", "checkout", byOrders);
    }

    private static void strikeOut(Databases databases, String database, String consumer, Map<UUID, String> events)
            throws SQLException {
        databases.readAbout(
                database,
                Set.copyOf(events.keySet()),
                "select message_id from inbox where message_id = any(?) and consumer = '" + consumer + "'",
                row -> events.remove(row.getObject(1, UUID.class)));
    }

    /** The description of each by its id: the fact, its aggregate, and the service that misses it. */
    public Map<UUID, String> descriptions() {
        var all = new LinkedHashMap<>(byInventory);
        all.putAll(byOrders);
        return all;
    }
}
