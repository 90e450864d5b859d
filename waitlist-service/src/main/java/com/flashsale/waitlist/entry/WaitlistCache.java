package com.flashsale.waitlist.entry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The waitlists of the sales that are asked for. A crowd that polls its positions costs the database one read a second
 * and sale, however many they are; how an entry itself stands is always read from its row.
 */
@Component
class WaitlistCache {

    /** About 30 MB. The waitlist that was not asked for longest is evicted first. */
    private static final int MOST_ENTRIES = 500_000;

    /** An empty waitlist counts too. */
    private static final int ENTRIES_PER_WAITLIST = 100;

    private final Entries entries;
    private final Clock clock;
    private final Map<SaleId, CachedWaitlist> waitlists = new LinkedHashMap<>(16, 0.75f, true);

    WaitlistCache(Entries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /** Of an entry that waits: 1 is next. */
    long position(WaitlistEntry entry) {
        return of(entry.sale()).position(EntryRank.of(entry));
    }

    int waiting(SaleId sale) {
        return of(sale).waiting();
    }

    /** After the commit. */
    void joined(List<WaitlistEntry> fresh) {
        fresh.stream()
                .collect(groupingBy(WaitlistEntry::sale, mapping(EntryRank::of, toList())))
                .forEach((sale, ranks) -> of(sale).joined(ranks));
    }

    @EventListener
    synchronized void evict(Sale.Evicted evicted) {
        waitlists.remove(evicted.sale());
    }

    private synchronized CachedWaitlist of(SaleId sale) {
        var kept = waitlists.get(sale);
        if (kept != null) return kept;
        evictIdle();
        var fresh = new CachedWaitlist(() -> entries.waiting(sale, MOST_ENTRIES), clock);
        waitlists.put(sale, fresh);
        return fresh;
    }

    private void evictIdle() {
        var size = waitlists.values().stream()
                .mapToLong(kept -> kept.size() + ENTRIES_PER_WAITLIST)
                .sum();
        for (Iterator<CachedWaitlist> idle = waitlists.values().iterator(); idle.hasNext() && size > MOST_ENTRIES; ) {
            size -= idle.next().size() + ENTRIES_PER_WAITLIST;
            idle.remove();
        }
    }
}
