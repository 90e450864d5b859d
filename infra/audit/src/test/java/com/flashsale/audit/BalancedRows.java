package com.flashsale.audit;

import static com.flashsale.audit.Books.ADA;
import static com.flashsale.audit.Books.BOB;
import static com.flashsale.audit.Books.PAID;
import static com.flashsale.audit.Books.REFUSED;
import static com.flashsale.audit.Books.SALE;

import java.util.List;
import java.util.UUID;

/** The rows of {@link Books#balance()}: Ada has paid for one of ten units, Bob's order was refused. */
final class BalancedRows {

    private static final SaleRows OF_SALE = new SaleRows(SALE, 10, 1, 1, 3);

    private BalancedRows() {}

    static List<Row> catalog() {
        return List.of(OF_SALE.product(), OF_SALE.inCatalog(), OF_SALE.stockInCatalog());
    }

    static List<Row> inventory() {
        return List.of(
                OF_SALE.stockInInventory(),
                reservation(PAID, ADA, "CONFIRMED")
                        .sql("held_at", "now()")
                        .sql("expires_at", "now() + interval '2 min'")
                        .sql("settled_at", "now()"),
                OF_SALE.allotment(),
                move("HELD"),
                move("CONFIRMED"));
    }

    static Row reservation(UUID order, UUID customer, String state) {
        return Row.of("reservation")
                .with("order_id", order)
                .with("id", order)
                .with("sale_id", SALE)
                .with("customer_id", customer)
                .with("units", 1)
                .with("state", state);
    }

    private static Row move(String kind) {
        return Row.of("ledger")
                .with("sale_id", SALE)
                .with("order_id", PAID)
                .with("kind", kind)
                .with("units", 1)
                .sql("moved_at", "now()");
    }

    static List<Row> orders() {
        return List.of(
                OF_SALE.inOrders(),
                paidOrder(PAID, ADA),
                order(REFUSED, BOB, "REFUSED").with("reason", "LIMIT_REACHED").with("version", 2),
                answer(ADA, "key-1", PAID),
                answer(BOB, "key-2", REFUSED),
                Row.of("payment")
                        .with("id", PAID)
                        .with("order_id", PAID)
                        .with("method", "test-approve")
                        .with("amount_minor", SaleRows.PRICE)
                        .with("currency", "EUR")
                        .with("state", "CAPTURED")
                        .sql("requested_at", "now() - interval '1 s'")
                        .sql("charged_at", "now()"));
    }

    static Row paidOrder(UUID id, UUID customer) {
        return order(id, customer, "PAID")
                .sql("reserved_until", "now() + interval '2 min'")
                .with("version", 3);
    }

    private static Row order(UUID id, UUID customer, String state) {
        return Row.of("orders")
                .with("id", id)
                .with("sale_id", SALE)
                .with("customer_id", customer)
                .with("admission_id", id)
                .with("quantity", 1)
                .with("total_minor", SaleRows.PRICE)
                .with("currency", "EUR")
                .with("state", state)
                .sql("placed_at", "now()");
    }

    /** The answer that is kept for a key: the order was placed. */
    static Row answer(UUID customer, String key, UUID order) {
        return Row.of("idempotency_record")
                .with("scope", customer.toString())
                .with("key", key)
                .sql("fingerprint", "'\\x00'")
                .with("status", 202)
                .with("location", "/api/v1/orders/" + order)
                .sql("body", "convert_to('{\"state\":\"PLACED\"}', 'UTF8')");
    }

    static List<Row> waitlist() {
        return List.of(
                OF_SALE.inWaitlist(),
                OF_SALE.stockInWaitlist(),
                OF_SALE.waitingRoom(2),
                admission(PAID, ADA, 1, "DECIDED").with("order_id", PAID),
                admission(REFUSED, BOB, 2, "DECIDED").with("order_id", REFUSED));
    }

    /** A turn of the waiting room. */
    static Row admission(UUID id, UUID customer, long number, String state) {
        return Row.of("admission")
                .with("id", id)
                .with("sale_id", SALE)
                .with("customer_id", customer)
                .with("units", 1)
                .with("source", "TURN")
                .with("number", number)
                .with("state", state)
                .sql("issued_at", "now()")
                .sql("expires_at", "now() + interval '1 min'")
                .sql("lapses_at", "now() + interval '65 s'");
    }

    /** An entry in the first place. */
    static Row entry(UUID id, UUID customer, String joinedAt) {
        return Row.of("waitlist_entry")
                .with("id", id)
                .with("sale_id", SALE)
                .with("customer_id", customer)
                .with("place", 1)
                .with("state", "WAITING")
                .sql("joined_at", joinedAt);
    }

    /** A charge and its capture. */
    static List<Row> capture(String key, UUID order) {
        return List.of(
                Row.of("charge")
                        .with("key", key)
                        .with("order_id", order)
                        .with("amount_minor", SaleRows.PRICE)
                        .with("currency", "EUR")
                        .with("payment_method", "test-approve")
                        .with("verdict", "CAPTURED")
                        .sql("charged_at", "now()"),
                Row.of("ledger_entry")
                        .with("charge_key", key)
                        .with("order_id", order)
                        .with("kind", "CAPTURE")
                        .with("amount_minor", SaleRows.PRICE)
                        .with("currency", "EUR")
                        .sql("at", "now()"));
    }
}
