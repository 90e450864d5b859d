package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.UUID;

/** Units whose time is over go back on sale within the grace, unless a payment for them is still in flight. */
final class HoldsEndInTime implements Rule {

    /** The job that ends them looks twice a second. */
    private static final Duration A_FEW_ROUNDS = Duration.ofSeconds(3);

    @Override
    public Duration patience() {
        return A_FEW_ROUNDS;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        result.checked(databases.count("inventory", "select count(*) from reservation where state = 'HELD'"));
        var overdue = new LinkedHashMap<UUID, String>();
        databases.read(
                "inventory",
                """
                select order_id, id, sale_id, extract(epoch from now() - expires_at)::int
                  from reservation
                 where state = 'HELD'
                   and expires_at < now() - make_interval(secs => %d)
                 order by expires_at
                 limit %d
                """.formatted(LiveRules.LONGEST_GRACE_SECONDS, CheckResult.MOST_LISTED),
                row -> overdue.put(
                        row.getObject(1, UUID.class),
                        "holds units of sale %s %s s after its time was over, reservation %s"
                                .formatted(row.getString(3), row.getString(4), row.getString(2))));
        var paying = new HashSet<UUID>();
        databases.readAbout("orders", overdue.keySet(), """
                select order_id
                  from payment
                 where order_id = any(?)
                   and state in ('REQUESTED', 'UNKNOWN', 'CAPTURED')
                """, row -> paying.add(row.getObject(1, UUID.class)));
        overdue.keySet().removeAll(paying);
        overdue.forEach((order, what) -> result.violated("order " + order, what));
    }
}
