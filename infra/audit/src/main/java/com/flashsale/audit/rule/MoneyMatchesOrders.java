package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.platform.Cursor;
import java.sql.SQLException;
import java.time.Duration;

/** Money: at most one capture stands per order, the full price for a paid one, nothing for any other. */
final class MoneyMatchesOrders implements Rule {

    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        try (var orders = databases.cursor("orders", """
                        select id::text, state, total_minor
                          from orders
                         order by id
                        """);
                var money = databases.cursor("payment", """
                        select order_id::text,
                               count(*) filter (where kind = 'CAPTURE') - count(*) filter (where kind = 'REFUND'),
                               coalesce(sum(case kind when 'CAPTURE' then amount_minor
                                                      when 'REFUND' then -amount_minor
                                                      else 0 end), 0)
                          from ledger_entry
                         group by order_id
                         order by order_id
                        """)) {
            while (orders.id() != null || money.id() != null) {
                if (money.isBefore(orders)) {
                    result.violated("order " + money.id(), "was charged and does not exist");
                    money.next();
                } else if (orders.isBefore(money)) {
                    compare(result, orders, 0, 0);
                    orders.next();
                } else {
                    compare(result, orders, money.row().getLong(2), money.row().getLong(3));
                    orders.next();
                    money.next();
                }
            }
        }
    }

    private static void compare(CheckResult result, Cursor order, long captures, long net) throws SQLException {
        result.checked(1);
        boolean paid = order.row().getString(2).equals("PAID");
        long due = paid ? order.row().getLong(3) : 0;
        if (net != due || captures != (paid ? 1 : 0)) {
            result.violated(
                    "order " + order.id(),
                    "is %s, %d captures stand with %d in all, due is %d"
                            .formatted(order.row().getString(2), captures, net, due));
        }
    }
}
