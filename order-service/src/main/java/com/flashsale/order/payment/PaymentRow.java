package com.flashsale.order.payment;

import com.flashsale.order.sale.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The mapping of a payment to its row. */
final class PaymentRow {

    /** The tag of a payment's sale. Each row is looked up alone: a join, planned on empty tables, would read all. */
    static final String LOAD_TEST = """
            (select load_test
               from sale
              where sale.id = (select sale_id from orders where orders.id = payment.order_id))""";

    static final String COLUMNS = """
            payment.id, order_id, method, amount_minor, currency, state, requested_at, charged_at, attempts,
            %s as load_test
            """.formatted(LOAD_TEST);

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
