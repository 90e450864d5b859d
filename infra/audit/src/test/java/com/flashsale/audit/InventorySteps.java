package com.flashsale.audit;

import com.flashsale.audit.ShopEvents.Event;
import com.flashsale.audit.evidence.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** The steps of inventory-service. */
final class InventorySteps {

    private static final String RESERVATION = "com.flashsale.inventory.reservation.%s.v1";

    private final ShopDatabases databases;
    private final ShopEvents events;
    private final UUID sale;

    InventorySteps(ShopDatabases databases, ShopEvents events, UUID sale) {
        this.databases = databases;
        this.events = events;
        this.sale = sale;
    }

    /** One transaction for each message: the inbox first, then the stock row's lock, then what follows. */
    void takeOrders() throws SQLException {
        for (var event : events.read("inventory", Topics.ORDERS)) {
            databases.in("inventory", connection -> {
                if (events.firstSeen(connection, "inventory-service.order", event)) decide(connection, event);
                return true;
            });
        }
    }

    void decide(Connection connection, Event event) throws SQLException {
        var stock = ShopDatabases.row(
                connection, "select allotted - reserved - sold from stock where sale_id = ? for update", sale);
        var order = event.subject();
        switch (event.type()) {
            case OrderSteps.PLACED -> {
                boolean held = ((Number) stock.getFirst()).intValue() > 0;
                if (held) hold(connection, order, UUID.fromString(event.data()));
                tellReservation(connection, order, held ? "held" : "refused");
            }
            case OrderSteps.PAID -> settle(connection, order, "CONFIRMED");
            default -> settle(connection, order, "RELEASED");
        }
    }

    void tellReservation(Connection connection, UUID order, String fact) throws SQLException {
        events.append(connection, Event.of(Topics.RESERVATIONS, RESERVATION.formatted(fact), order, order, "{}"));
    }

    void hold(Connection connection, UUID order, UUID customer) throws SQLException {
        Row.of("reservation")
                .with("order_id", order)
                .with("id", TinyShop.uuid())
                .with("sale_id", sale)
                .with("customer_id", customer)
                .with("units", 1)
                .with("state", "HELD")
                .sql("held_at", "now()")
                .sql("expires_at", "now() + interval '2 min'")
                .insert(connection);
        move(connection, order, "HELD", "reserved = reserved + 1");
    }

    /** Only a held reservation can end, and it ends once. */
    void settle(Connection connection, UUID order, String state) throws SQLException {
        int ended = ShopDatabases.update(
                connection,
                "update reservation set state = ?, settled_at = now() where order_id = ? and state = 'HELD'",
                state,
                order);
        if (ended == 0) return;
        move(
                connection,
                order,
                state,
                state.equals("CONFIRMED") ? "reserved = reserved - 1, sold = sold + 1" : "reserved = reserved - 1");
        var fact = Map.of("CONFIRMED", "confirmed", "RELEASED", "released", "EXPIRED", "expired")
                .get(state);
        tellReservation(connection, order, fact);
    }

    void move(Connection connection, UUID order, String kind, String change) throws SQLException {
        ShopDatabases.update(
                connection,
                "insert into ledger (sale_id, order_id, kind, units, moved_at) values (?, ?, ?, 1, now())",
                sale,
                order,
                kind);
        var version = ShopDatabases.row(
                connection,
                "update stock set %s, version = version + 1 where sale_id = ? returning version".formatted(change),
                sale);
        tellStock(connection, ((Number) version.getFirst()).longValue());
    }

    void tellStock(Connection connection, long version) throws SQLException {
        events.append(
                connection,
                Event.of(
                        Topics.STOCKS,
                        "com.flashsale.inventory.stock.changed.v1",
                        sale,
                        sale,
                        "{\"version\":" + version + "}"));
    }
}
