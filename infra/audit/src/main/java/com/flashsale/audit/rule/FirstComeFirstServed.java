package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Offers of the waitlist go out in the order of the places. Entries with the same place come in the order in which the
 * database took them in; the clocks of the services do not matter. The rule walks through the joins and offers of each
 * sale as they happened. The entry that gets an offer must have been the first of those in line.
 */
final class FirstComeFirstServed implements Rule {

    /**
     * Entries that join within this time of each other may be served in any order. The same holds for an order that
     * rounding to the second hides.
     */
    private static final double SAME_MOMENT_SECONDS = 1.0;

    private record Waiting(long place, double joined, String entry) {

        static final Comparator<Waiting> ORDER = Comparator.comparingLong(Waiting::place)
                .thenComparingDouble(Waiting::joined)
                .thenComparing(Waiting::entry);

        boolean isClearlyBefore(Waiting other) {
            return place < other.place || (place == other.place && joined + SAME_MOMENT_SECONDS < other.joined);
        }
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var walk = new Walk(result);
        // An offer's id tells its millisecond, and the order within the millisecond; its issued_at
        // is cut to the second. An entry that left, or whose customer held another admission, has
        // waited for an unknown time: the query leaves it out of the line. An entry without an
        // offer waits until the end.
        evidence.databases().read("waitlist", """
                with offer as (
                    select entry_id,
                           min(id::text) as offer_id,
                           ('x' || translate(left(min(id::text), 13), '-', ''))::bit(48)::bigint / 1000.0 as at
                      from admission
                     where entry_id is not null
                     group by entry_id),
                     line as (
                    select id, sale_id, place, extract(epoch from joined_at) as joined,
                           case when offer.at is not null
                                then greatest(offer.at, extract(epoch from joined_at)) end as offered,
                           offer.offer_id
                      from waitlist_entry
                      left join offer on offer.entry_id = id
                     where (state <> 'LEFT' or offer.at is not null)
                       and not exists (select 1
                                         from admission as other
                                        where other.sale_id = waitlist_entry.sale_id
                                          and other.customer_id = waitlist_entry.customer_id
                                          and other.entry_id is distinct from waitlist_entry.id))
                select sale_id, id, place, joined, joined as at, 0 as step, null as offer_id
                  from line
                union all
                select sale_id, id, place, joined, offered as at, 1 as step, offer_id
                  from line
                 where offered is not null
                 order by sale_id, at, step, offer_id
                """, walk::step);
    }

    /** One sale after the other, each from its first join to its last offer. */
    private static final class Walk {

        private final CheckResult result;
        private final TreeSet<Waiting> line = new TreeSet<>(Waiting.ORDER);
        private @Nullable String sale;

        Walk(CheckResult result) {
            this.result = result;
        }

        void step(ResultSet row) throws SQLException {
            if (!row.getString(1).equals(sale)) {
                sale = row.getString(1);
                line.clear();
            }
            var each = new Waiting(row.getLong(3), row.getDouble(4), row.getString(2));
            if (row.getInt(6) == 1) {
                offered(each, row.getDouble(5));
            } else {
                result.checked(1);
                line.add(each);
            }
        }

        private void offered(Waiting served, double at) {
            for (var first : line) {
                if (!first.isClearlyBefore(served)) break;
                // an entry that joined within the same moment as the offer may have been too late
                // for it
                if (first.joined() + SAME_MOMENT_SECONDS >= at) continue;
                result.violated(
                        "entry " + served.entry(),
                        "of sale %s was offered a unit before entry %s, who stood in front (place %d, %d)"
                                .formatted(sale, first.entry(), served.place(), first.place()));
                break;
            }
            line.remove(served);
        }
    }
}
