package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The units that catalog offers bound the units that inventory may sell, and the units that customers have paid for.
 * The three figures stand in three databases.
 */
final class PaidWithinOffer implements Rule {

    /** An order whose payment came too late stays paid until inventory reports that no unit was left. */
    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        var offered = new HashMap<String, Long>();
        databases.read(
                "catalog", "select id, allotted from sale", row -> offered.put(row.getString(1), row.getLong(2)));
        result.checked(offered.size());
        compare(evidence, result, offered, "inventory", "select sale_id, allotted, 'allotted in inventory' from stock");
        compare(
                evidence,
                result,
                offered,
                "orders",
                "select sale_id, sum(quantity), 'paid' from orders where state = 'PAID' group by sale_id");
    }

    private static void compare(
            Evidence evidence, CheckResult result, Map<String, Long> offered, String database, String query)
            throws SQLException {
        evidence.databases().read(database, query, row -> {
            long most = offered.getOrDefault(row.getString(1), 0L);
            if (row.getLong(2) > most) {
                result.violated(
                        "sale " + row.getString(1),
                        "%d units %s of %d offered".formatted(row.getLong(2), row.getString(3), most));
            }
        });
    }
}
