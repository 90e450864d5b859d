package com.flashsale.order.payment;

import com.flashsale.order.sale.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The mapping of a payment to its row. */
final class PaymentRow {

    static final String COLUMNS =
            "id, order_id, method, amount_minor, currency, state, requested_at, charged_at, attempts, load_test";

    private PaymentRow() {}

    static Payment read(ResultSet row, int number) throws SQLException {
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                Payment.Method.of(row.getString("method")).orElseThrow(),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                Payment.State.valueOf(row.getString("state")),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("charged_at").toInstant(),
                row.getInt("attempts"),
                row.getString("load_test"));
    }
}
