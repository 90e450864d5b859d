package com.flashsale.audit.explain;

import com.flashsale.client.platform.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** The rows of order-service: orders, their stored responses, payments, and admissions that were taken back. */
final class OrderRows extends RowReader {

    OrderRows(Databases databases, Footprint found, Timeline line) {
        super(databases, "orders", Reasons.ORDER, found, line);
    }

    @Override
    void read() throws SQLException {
        each(found.orders, """
                select id, sale_id, customer_id, admission_id, quantity, total_minor, currency, state, reason,
                       reserved_until, payable_until, placed_at, version
                  from orders
                 where id = any (?)
                """, this::order);
        each(found.orders, """
                select id, order_id, number, method, amount_minor, currency, state, requested_at, charged_at, attempts,
                       next_attempt_at
                  from payment
                 where order_id = any (?)
                """, this::payment);
        each(
                found.customers,
                "select key from idempotency_record where scope = any (?::text[])",
                row -> found.secrets.add(row.getString("key")));
        for (var order : found.orders) response(order);
        each(found.admissions, """
                select admission_id, expires_at
                  from voided_admission
                 where admission_id = any (?)
                """, this::voided);
    }

    private void order(ResultSet row) throws SQLException {
        var id = id(row, "id");
        var placed = instant(row, "placed_at");
        var details = new Details()
                .with(row, "state")
                .with(row, "reason")
                .with(row, "quantity")
                .with("total", money(row, "total_minor"))
                .with("reserved until", instant(row, "reserved_until"))
                .with("payable until", instant(row, "payable_until"))
                .with(row, "version");
        line.add(row(placed, "orders " + id + details.inBrackets())
                .by("order.placement.OrderBatchWriter")
                .about(id, "order.placed"));
        line.proved(id, "order.placed", placed, new Details().with(row, "quantity"));
        var reason = row.getString("reason");
        line.outcome("Order %s is %s%s: %s units of sale %s for %s."
                .formatted(
                        id,
                        row.getString("state"),
                        reason == null ? "" : " (" + reason + ")",
                        row.getString("quantity"),
                        id(row, "sale_id"),
                        money(row, "total_minor")));
    }

    private void payment(ResultSet row) throws SQLException {
        var id = id(row, "id");
        var order = id(row, "order_id");
        var state = row.getString("state");
        var requested = instant(row, "requested_at");
        var details = new Details()
                .with("of order", order)
                .with(row, "number")
                .with(row, "state")
                .with("amount", money(row, "amount_minor"))
                .with(row, "method")
                .with(row, "attempts")
                .with("last charged at", instant(row, "charged_at"))
                .with("next attempt at", instant(row, "next_attempt_at"));
        line.add(row(requested, "payment " + id + details.inBrackets())
                .by("order.payment.Payments")
                .about(order, state.equals("CAPTURED") ? "order.paid" : "payment.requested"));
        line.proved(
                id,
                "payment.requested",
                requested,
                new Details().with("payment", id).with(row, "method"));
        if (state.equals("DECLINED") || state.equals("ABANDONED")) {
            line.proved(
                    id,
                    "payment." + state.toLowerCase(Locale.ROOT),
                    instant(row, "charged_at"),
                    new Details().with("payment", id));
        }
    }

    /** The response is a copy of the order, and its key is the customer's: neither is shown. */
    private void response(UUID order) throws SQLException {
        each(found.customers, """
                select status, location, created_at
                  from idempotency_record
                 where scope = any (?::text[])
                   and (location like '/api/v1/orders/%1$s%%' or position(convert_to('%1$s', 'UTF8') in body) > 0)
                """.formatted(order), row -> {
            var details =
                    new Details().with("status", row.getString("status")).with("location", row.getString("location"));
            line.add(row(
                            instant(row, "created_at"),
                            "idempotency_record with a key that is not shown" + details.inBrackets())
                    .by("platform.idempotency.Idempotency")
                    .about(order, null));
        });
    }

    /** The row has no time of its own. */
    private void voided(ResultSet row) throws SQLException {
        var id = id(row, "admission_id");
        line.addUndated(row(instant(row, "expires_at"), "voided_admission " + id + " (the time is the admission's end)")
                .by("order.placement.VoidedAdmissions")
                .about(id, "admission.voided"));
    }
}
