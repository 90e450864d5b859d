package com.flashsale.audit.explain;

import com.flashsale.client.platform.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** The rows of the payment provider: its charges and its ledger of money. */
final class PaymentRows extends RowReader {

    PaymentRows(Databases databases, Footprint found, Timeline line) {
        super(databases, "payment", Reasons.PAYMENT, found, line);
    }

    @Override
    void read() throws SQLException {
        each(found.orders, """
                select key, order_id, amount_minor, currency, verdict, charged_at, refunded_at
                  from charge
                 where key in (select charge_key from ledger_entry where order_id = any (?))
                """, this::charge);
        each(found.orders, """
                select id, charge_key, order_id, kind, amount_minor, currency, at
                  from ledger_entry
                 where order_id = any (?)
                """, this::movement);
    }

    private void charge(ResultSet row) throws SQLException {
        var order = id(row, "order_id");
        var charged = instant(row, "charged_at");
        var verdict = row.getString("verdict");
        var details = new Details()
                .with("of order", order)
                .with("payment", paymentOf(row.getString("key")))
                .with(row, "verdict")
                .with("amount", money(row, "amount_minor"))
                .with("refunded at", instant(row, "refunded_at"));
        line.add(row(charged, "charge" + details.inBrackets())
                .by("payment.charge.Charges")
                .about(order, verdict.equals("CAPTURED") ? "order.paid" : null));
        line.proved(
                order,
                "payment.refunded",
                instant(row, "refunded_at"),
                new Details().with("payment", paymentOf(row.getString("key"))));
        line.proved(
                order,
                "charge." + verdict.toLowerCase(Locale.ROOT),
                charged,
                new Details().with("payment", paymentOf(row.getString("key"))));
    }

    private void movement(ResultSet row) throws SQLException {
        var order = id(row, "order_id");
        var details = new Details()
                .with("of order", order)
                .with("payment", paymentOf(row.getString("charge_key")))
                .with("amount", money(row, "amount_minor"));
        line.add(row(
                        instant(row, "at"),
                        "ledger_entry %d %s%s"
                                .formatted(row.getLong("id"), row.getString("kind"), details.inBrackets()))
                .by("payment.charge.Charges")
                .about(order, row.getString("kind").equals("CAPTURE") ? "order.paid" : null));
    }

    /** The key of a charge is the id of the payment; a key of another shape is not ours to show. */
    private static String paymentOf(String key) {
        return TicketNumber.uuid(key).map(UUID::toString).orElse("of another client");
    }
}
