package com.flashsale.waitlist.entry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.flashsale.waitlist.sale.SaleForgotten;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The lines of the sales that are asked for. A crowd that polls its positions costs the database one read a second and
 * sale, however many they are; how an entry itself stands is always read from its row.
 */
@Component
class Lines {

    /** About 30 MB. The line that was not asked for longest is forgotten first. */
    private static final int MOST_PLACES = 500_000;

    /** An empty line counts too. */
    private static final int PLACES_PER_LINE = 100;

    private final Entries entries;
    private final Clock clock;
    private final Map<SaleId, Line> lines = new LinkedHashMap<>(16, 0.75f, true);

    Lines(Entries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /** Of an entry that waits: 1 is next. */
    long position(WaitlistEntry entry) {
        return of(entry.sale()).position(Place.of(entry));
    }

    int waiting(SaleId sale) {
        return of(sale).waiting();
    }

    /** After the commit. */
    void joined(List<WaitlistEntry> fresh) {
        fresh.stream()
                .collect(groupingBy(WaitlistEntry::sale, mapping(Place::of, toList())))
                .forEach((sale, places) -> of(sale).joined(places));
    }

    @EventListener
    synchronized void forget(SaleForgotten forgotten) {
        lines.remove(forgotten.sale());
    }

    private synchronized Line of(SaleId sale) {
        var line = lines.get(sale);
        if (line != null) return line;
        forgetIdle();
        var fresh = new Line(() -> entries.waiting(sale, MOST_PLACES), clock);
        lines.put(sale, fresh);
        return fresh;
    }

    private void forgetIdle() {
        var places = lines.values().stream()
                .mapToLong(line -> line.size() + PLACES_PER_LINE)
                .sum();
        for (Iterator<Line> idle = lines.values().iterator(); idle.hasNext() && places > MOST_PLACES; ) {
            places -= idle.next().size() + PLACES_PER_LINE;
            idle.remove();
        }
    }
}
