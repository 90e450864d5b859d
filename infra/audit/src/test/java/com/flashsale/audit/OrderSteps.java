package com.flashsale.audit;

import com.flashsale.audit.ShopEvents.Event;
import com.flashsale.audit.evidence.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The steps of order-service, and those of the payment provider. */
final class OrderSteps {

    static final String PLACED = "com.flashsale.order.order.placed.v1";
    static final String PAID = "com.flashsale.order.order.paid.v1";
    private static final String CANCELLED = "com.flashsale.order.order.cancelled.v1";

    private final ShopDatabases databases;
    private final ShopEvents events;
    private final UUID sale;

    OrderSteps(ShopDatabases databases, ShopEvents events, UUID sale) {
        this.databases = databases;
        this.events = events;
        this.sale = sale;
    }

    /** Key, order and event in one transaction; the same key again gives the same order. */
    UUID place(UUID customer, String key, UUID admission) throws SQLException {
        return databases.in("orders", connection -> {
            var order = TinyShop.uuid();
            if (!claim(connection, customer, key, order)) return promised(connection, customer, key);
            writeOrder(connection, order, customer, admission);
            return order;
        });
    }

    boolean claim(Connection connection, UUID customer, String key, UUID order) throws SQLException {
        return Row.of("idempotency_record")
                        .with("scope", customer.toString())
                        .with("key", key)
                        .sql("fingerprint", "'\\x00'")
                        .with("status", 202)
                        .with("location", "/api/v1/orders/" + order)
                        .sql("body", "convert_to('{\"state\":\"PLACED\"}', 'UTF8')")
                        .insertUnlessThere(connection)
                == 1;
    }

    UUID promised(Connection connection, UUID customer, String key) throws SQLException {
        var location = ShopDatabases.row(
                connection,
                "select location from idempotency_record where scope = ? and key = ?",
                customer.toString(),
                key);
        return UUID.fromString(location.getFirst().toString().substring("/api/v1/orders/".length()));
    }

    void writeOrder(Connection connection, UUID order, UUID customer, UUID admission) throws SQLException {
        Row.of("orders")
                .with("id", order)
                .with("sale_id", sale)
                .with("customer_id", customer)
                .with("admission_id", admission)
                .with("quantity", 1)
                .with("total_minor", SaleRows.PRICE)
                .with("currency", "EUR")
                .sql("placed_at", "now()")
                .insert(connection);
        tell(connection, PLACED, order, customer);
    }

    private void tell(Connection connection, String type, UUID order, UUID data) throws SQLException {
        events.append(connection, Event.of(Topics.ORDERS, type, order, sale, data));
    }

    void checkout() throws SQLException {
        for (var event : events.read("orders", Topics.RESERVATIONS)) {
            databases.in("orders", connection -> {
                if (!events.firstSeen(connection, "checkout", event)) return false;
                ShopDatabases.update(
                        connection,
                        """
                        update orders
                           set state = case when ? then 'RESERVED' else 'REFUSED' end,
                               reason = case when ? then null else 'SOLD_OUT' end,
                               reserved_until = case when ? then now() + interval '2 min' end
                         where id = ?
                           and state = 'PLACED'
                        """,
                        event.type().contains("held"),
                        event.type().contains("held"),
                        event.type().contains("held"),
                        event.subject());
                return true;
            });
        }
    }

    /** One payment, one key, however often the provider is asked. */
    void pay(UUID order) throws SQLException {
        var payment = TinyShop.uuid();
        request(payment, order);
        charge(payment.toString(), order);
        charge(payment.toString(), order);
        paid(payment, order);
    }

    void request(UUID payment, UUID order) throws SQLException {
        databases.insert(
                "orders",
                Row.of("payment")
                        .with("id", payment)
                        .with("order_id", order)
                        .with("method", "test-approve")
                        .with("amount_minor", SaleRows.PRICE)
                        .with("currency", "EUR")
                        .with("state", "REQUESTED")
                        .sql("requested_at", "now()")
                        .sql("charged_at", "now()")
                        .with("attempts", 0)
                        .sql("next_attempt_at", "now() + interval '1 min'"));
    }

    void paid(UUID payment, UUID order) throws SQLException {
        databases.in("orders", connection -> {
            ShopDatabases.update(
                    connection, "update payment set state = 'CAPTURED', next_attempt_at = null where id = ?", payment);
            ShopDatabases.update(
                    connection, "update orders set state = 'PAID' where id = ? and state = 'RESERVED'", order);
            tell(connection, PAID, order, TinyShop.uuid());
            return true;
        });
    }

    /** The provider: the first call with a key takes the money. */
    void charge(String key, UUID order) throws SQLException {
        databases.in("payment", connection -> {
            int first = Row.of("charge")
                    .with("key", key)
                    .with("order_id", order)
                    .with("amount_minor", SaleRows.PRICE)
                    .with("currency", "EUR")
                    .with("payment_method", "test-approve")
                    .with("verdict", "CAPTURED")
                    .sql("charged_at", "now()")
                    .insertUnlessThere(connection);
            if (first == 1) {
                Row.of("ledger_entry")
                        .with("charge_key", key)
                        .with("order_id", order)
                        .with("kind", "CAPTURE")
                        .with("amount_minor", SaleRows.PRICE)
                        .with("currency", "EUR")
                        .sql("at", "now()")
                        .insert(connection);
            }
            return true;
        });
    }

    void cancel(UUID order) throws SQLException {
        databases.in("orders", connection -> {
            ShopDatabases.update(
                    connection,
                    "update orders set state = 'CANCELLED', reason = 'BY_CUSTOMER'"
                            + " where id = ? and state in ('PLACED', 'RESERVED')",
                    order);
            tell(connection, CANCELLED, order, TinyShop.uuid());
            return true;
        });
    }
}
