package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Live rights to order, and orders that inventory has not decided, never ask for more units than there are. The
 * waitlist learns of each decision later than inventory makes it. So where its promises exceed the stock, the rule
 * follows each promise to inventory. A promise counts only if the first look saw it and it is undecided at the last;
 * the limit is the number of units available then.
 */
final class PromisesWithinGoods implements Rule {

    /** The waitlist knows of an order's refusal once its event has arrived. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(3);

    /** More promises of one sale are not followed one by one. */
    private static final int MOST_FOLLOWED = 20_000;

    private record Terms(double factor, long phase) {

        /**
         * With a factor above 1 a unit that is taken ends one promise and not {@code factor} of them, so the promises
         * made before stand. With a factor below 1 a single unit may be promised whenever one is there. Once a sale was
         * sold out, the units that come back are promised in full.
         */
        long most(long available, long allotted) {
            if (factor > 1) return (long) Math.floor(factor * allotted) - (allotted - available);
            return phase == 0 ? Math.max(Math.min(1, available), (long) Math.floor(factor * available)) : available;
        }
    }

    private record Promised(UUID sale, long units, Terms terms) {}

    @Override
    public Duration patience() {
        return ON_ITS_WAY;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        var promised = new HashMap<UUID, Promised>();
        databases.read("waitlist", """
                select sale_id, sum(units), admission_factor, coalesce(phase, 0)
                  from admission
                  join sale using (sale_id)
                  left join waiting_room using (sale_id)
                 where state in ('ISSUED', 'ORDERED')
                 group by sale_id, admission_factor, phase
                """, row -> {
            var sale = row.getObject(1, UUID.class);
            promised.put(sale, new Promised(sale, row.getLong(2), new Terms(row.getDouble(3), row.getLong(4))));
        });
        result.checked(promised.size());
        var suspects = new HashSet<Promised>();
        databases.readAbout(
                "inventory",
                promised.keySet(),
                "select sale_id, allotted, allotted - reserved - sold from stock where sale_id = any(?)",
                row -> {
                    var of = promised.get(row.getObject(1, UUID.class));
                    if (of != null && of.units() > of.terms().most(row.getLong(3), row.getLong(2))) suspects.add(of);
                });
        for (var suspect : suspects) follow(databases, suspect, result);
    }

    private static void follow(Databases databases, Promised suspect, CheckResult result) throws SQLException {
        var unitsByAdmission = new HashMap<UUID, Long>();
        databases.readAbout(
                "waitlist",
                Set.of(suspect.sale()),
                """
                select id, units
                  from admission
                 where sale_id = any(?)
                   and state in ('ISSUED', 'ORDERED')
                 order by issued_at desc
                 limit""" + " " + MOST_FOLLOWED,
                row -> unitsByAdmission.put(row.getObject(1, UUID.class), row.getLong(2)));
        var admissionByOrder = new HashMap<UUID, UUID>();
        var refused = new HashSet<UUID>();
        databases.readAbout(
                "orders",
                unitsByAdmission.keySet(),
                "select id, admission_id, state from orders where admission_id = any(?)",
                row -> {
                    var admission = row.getObject(2, UUID.class);
                    if (row.getString(3).equals("REFUSED")) refused.add(admission);
                    else admissionByOrder.put(row.getObject(1, UUID.class), admission);
                });
        unitsByAdmission.keySet().removeAll(refused);
        compare(databases, suspect, new Open(unitsByAdmission, admissionByOrder), result);
    }

    /** Promises that may be undecided, and the orders that were placed with some of them. */
    private record Open(Map<UUID, Long> unitsByAdmission, Map<UUID, UUID> admissionByOrder) {}

    /**
     * Reads the stock first, then the decisions. A decision between the two reads is taken off the promises and not yet
     * off the stock, which errs on the side of silence. A late payment may take a unit again that was promised
     * meanwhile: the limit grows by these units.
     */
    private static void compare(Databases databases, Promised suspect, Open open, CheckResult result)
            throws SQLException {
        var most = new long[1];
        databases.readAbout(
                "inventory",
                Set.of(suspect.sale()),
                """
                select allotted, allotted - reserved - sold,
                       (select count(*)
                          from (select order_id
                                  from ledger
                                 where ledger.sale_id = stock.sale_id
                                   and kind = 'HELD'
                                 group by order_id
                                having count(*) > 1) held_again)
                  from stock
                 where sale_id = any(?)
                """,
                row -> most[0] = suspect.terms().most(row.getLong(2), row.getLong(1)) + row.getLong(3));
        databases.readAbout(
                "inventory",
                open.admissionByOrder().keySet(),
                "select order_id from reservation where order_id = any(?)",
                row -> open.unitsByAdmission().remove(open.admissionByOrder().get(row.getObject(1, UUID.class))));
        long undecided = open.unitsByAdmission().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (undecided > most[0]) {
            result.violated(
                    "sale " + suspect.sale(),
                    "%d units are promised and undecided, %d may be; admissions %s"
                            .formatted(
                                    undecided,
                                    most[0],
                                    some(open.unitsByAdmission().keySet())));
        }
    }

    private static String some(Set<UUID> ids) {
        return ids.stream()
                .sorted()
                .limit(5)
                .map(UUID::toString)
                .reduce("", (all, id) -> all + " " + id)
                .strip();
    }
}
