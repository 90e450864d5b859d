package com.flashsale.audit.explain;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * The parts of inventory's ledger that can hold the movements of some instants. The ledger has no index by order or
 * time, which would cost each order a write. Its ids grow with time but for transactions that overlap, so a binary
 * search over the primary key finds the place.
 */
final class LedgerRanges {

    /** No transaction of inventory-service is open for so long. */
    private static final Duration OVERLAP = Duration.ofSeconds(15);

    record Range(long first, long last) {}

    private final Databases databases;
    private final int small;

    LedgerRanges(Databases databases, int small) {
        this.databases = databases;
        this.small = small;
    }

    List<Range> around(NavigableSet<Instant> instants) throws SQLException {
        long rows = databases.count("inventory", "select coalesce(max(id), 0) from ledger");
        if (rows <= small) return List.of(new Range(0, rows));
        var ranges = new ArrayList<Range>();
        for (var instant : instants) {
            var range = new Range(firstFrom(instant.minus(OVERLAP), rows), firstFrom(instant.plus(OVERLAP), rows));
            // instants come in their order, so only the previous range can overlap
            if (!ranges.isEmpty() && ranges.getLast().last() >= range.first()) {
                var previous = ranges.removeLast();
                range = new Range(previous.first(), Math.max(previous.last(), range.last()));
            }
            ranges.add(range);
        }
        return ranges;
    }

    /** The first id whose movement is not before this instant; one more than the last if there is none. */
    private long firstFrom(Instant instant, long last) throws SQLException {
        long low = 1;
        long high = last + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (isBefore(middle, instant)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** Rows of purged load tests leave gaps, so the next row that exists counts. */
    private boolean isBefore(long id, Instant instant) throws SQLException {
        return databases.count("inventory", """
                select count(*)
                  from (select moved_at from ledger where id >= %d order by id limit 1) as next
                 where moved_at < timestamptz '%s'
                """.formatted(id, instant)) > 0;
    }
}
