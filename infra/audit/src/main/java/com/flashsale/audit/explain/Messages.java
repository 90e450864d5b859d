package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.client.Json;
import com.flashsale.client.platform.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/** The databases about messages: outboxes hold those on their way, inboxes those that took effect. */
final class Messages {

    private static final List<String> WITH_OUTBOX = List.of("orders", "inventory", "waitlist");

    /** A consumer with an inbox. Other consumers recognise a repeated message by the row that it would change. */
    private record Receiver(String database, String consumer, String service, String handler) {}

    private static final List<Receiver> RECEIVERS = List.of(
            new Receiver(
                    "inventory", "inventory-service.order", Reasons.INVENTORY, "inventory.reservation.DecideOrders"),
            new Receiver("orders", "checkout", Reasons.ORDER, "order.checkout.Checkout"));

    private final Databases databases;
    private final Footprint found;
    private final Timeline line;

    /** Events whose decision is told: a relay that died after sending leaves an event in outbox and topic. */
    private final Set<UUID> told = new HashSet<>();

    Messages(Databases databases, Footprint found, Timeline line) {
        this.databases = databases;
        this.found = found;
        this.line = line;
    }

    /** Events that no topic holds yet. */
    void waiting() throws SQLException {
        for (var database : WITH_OUTBOX) {
            databases.readAbout(database, found.eventSubjects(), """
                    select id, topic, type, subject, occurred_at, traceparent, data
                      from outbox
                     where subject = any (?::text[])
                    """, this::waiting);
        }
    }

    private void waiting(ResultSet row) throws SQLException {
        var type = row.getString("type");
        var subject = UUID.fromString(row.getString("subject"));
        var fact = FoundEvent.factOf(type);
        var at = row.getTimestamp("occurred_at").toInstant();
        var trace = FoundEvent.traceOf(row.getString("traceparent"));
        line.add(Entry.of(
                        at,
                        FoundEvent.serviceOf(type),
                        Kind.EVENT,
                        "event %s %s of %s, in the outbox on its way to %s"
                                .formatted(row.getString("id"), fact, subject, row.getString("topic")))
                .by("platform.outbox.Outbox")
                .about(subject, fact)
                .traced(trace));
        told.add(row.getObject("id", UUID.class));
        line.told(subject, fact, at, details(row.getString("data")), trace);
    }

    private static Details details(String data) {
        try {
            return Details.of(Json.tree(data));
        } catch (JacksonException unreadable) {
            return Details.none();
        }
    }

    /** Adds the events with their decisions, and where each took effect. */
    void found(List<FoundEvent> events) throws SQLException {
        Map<UUID, FoundEvent> byId = new HashMap<>();
        var positions = new HashSet<String>();
        for (var event : events) {
            boolean again = event.deadLetterOf() == null
                    && !positions.add(event.id() + event.position().topic());
            line.add(event.entry(again));
            byId.putIfAbsent(event.id(), event);
            if (told.add(event.id())) {
                line.told(event.subject(), event.fact(), event.occurredAt(), Details.of(event.data()), event.trace());
            }
        }
        found.events.addAll(byId.keySet());
        for (var receiver : RECEIVERS) handled(receiver, byId);
    }

    private void handled(Receiver receiver, Map<UUID, FoundEvent> byId) throws SQLException {
        databases.readAbout(
                receiver.database(),
                byId.keySet(),
                "select message_id, received_at from inbox where message_id = any (?) and consumer = '%s'"
                        .formatted(receiver.consumer()),
                row -> {
                    var event = byId.get(row.getObject(1, UUID.class));
                    if (event == null) return;
                    line.add(Entry.of(
                                    row.getTimestamp(2).toInstant(),
                                    receiver.service(),
                                    Kind.HANDLED,
                                    "event %s %s, by consumer %s"
                                            .formatted(event.id(), event.fact(), receiver.consumer()))
                            .by(receiver.handler())
                            .because("Its id was new to this inbox, so it took effect, and no second time.")
                            .about(event.subject(), event.fact())
                            .traced(event.trace()));
                });
    }
}
