package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.platform.Cursor;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Each order has an admission of its own customer, and promises are kept: an admitted customer finds a unit, unless a
 * late payment took it back.
 */
final class OrdersHaveAdmissions implements Rule {

    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        var disappointed = new HashMap<UUID, List<String>>();
        try (var orders = databases.cursor("orders", """
                        select orders.admission_id::text, orders.id, sale_id, customer_id, quantity,
                               state = 'REFUSED' and reason = 'SOLD_OUT'
                               and placed_at < least(closes_at, coalesce(ended_at, closes_at))
                          from orders
                          left join sale on sale.id = sale_id
                         order by admission_id
                        """);
                var admissions = databases.cursor("waitlist", """
                        select id::text, sale_id, customer_id, units
                          from admission
                         order by id
                        """)) {
            while (orders.id() != null) {
                if (admissions.isBefore(orders)) {
                    admissions.next();
                    continue;
                }
                result.checked(1);
                if (orders.isBefore(admissions)) {
                    result.violated(
                            "order " + orders.row().getString(2),
                            "of sale %s was placed with admission %s, which nobody was given"
                                    .formatted(orders.row().getString(3), orders.id()));
                } else {
                    compare(orders, admissions, result, disappointed);
                }
                orders.next();
            }
        }
        brokenPromises(databases, disappointed, result);
    }

    private static void compare(
            Cursor order, Cursor admission, CheckResult result, Map<UUID, List<String>> disappointed)
            throws SQLException {
        var placed = order.row();
        var given = admission.row();
        var mine = placed.getString(3).equals(given.getString(2))
                && placed.getString(4).equals(given.getString(3));
        if (!mine || placed.getInt(5) > given.getInt(4)) {
            result.violated(
                    "order " + placed.getString(2),
                    "%d units of sale %s for customer %s with admission %s, which is for %d of sale %s for customer %s"
                            .formatted(
                                    placed.getInt(5),
                                    placed.getString(3),
                                    placed.getString(4),
                                    order.id(),
                                    given.getInt(4),
                                    given.getString(2),
                                    given.getString(3)));
        } else if (placed.getBoolean(6)) {
            disappointed
                    .computeIfAbsent(placed.getObject(3, UUID.class), _ -> new ArrayList<>())
                    .add(placed.getString(2));
        }
    }

    /** A factor above 1 promises more units than there are, and says so beforehand. */
    private static void brokenPromises(Databases databases, Map<UUID, List<String>> disappointed, CheckResult result)
            throws SQLException {
        databases.readAbout(
                "waitlist",
                List.copyOf(disappointed.keySet()),
                "select sale_id from sale where sale_id = any(?) and admission_factor > 1",
                row -> disappointed.remove(row.getObject(1, UUID.class)));
        var heldAgain = new HashMap<UUID, Long>();
        databases.readAbout(
                "inventory",
                disappointed.keySet(),
                """
                select sale_id, count(*)
                  from (select sale_id, order_id
                          from ledger
                         where sale_id = any(?)
                           and kind = 'HELD'
                         group by sale_id, order_id
                        having count(*) > 1) again
                 group by sale_id
                """,
                row -> heldAgain.put(row.getObject(1, UUID.class), row.getLong(2)));
        disappointed.forEach((sale, orders) -> {
            if (orders.size() <= heldAgain.getOrDefault(sale, 0L)) return;
            result.violated(
                    "sale " + sale,
                    "%d customers were let in and found nothing left: orders %s"
                            .formatted(orders.size(), String.join(" ", orders.subList(0, Math.min(5, orders.size())))));
        });
    }
}
