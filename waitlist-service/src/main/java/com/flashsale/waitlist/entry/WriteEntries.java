package com.flashsale.waitlist.entry;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.flashsale.waitlist.entry.Entries.Wanted;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome;
import com.flashsale.waitlist.room.SoldOutRooms;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a batch of joins in one transaction, each with an outcome of its own. */
@Component
class WriteEntries {

    private record Holder(SaleId sale, CustomerId customer) {

        static Holder of(WaitlistEntry entry) {
            return new Holder(entry.sale(), entry.customer());
        }

        static Holder of(Wanted wanted) {
            return new Holder(wanted.sale(), wanted.customer());
        }
    }

    private final Entries entries;
    private final EntryGate gate;
    private final WaitlistCache waitlistCache;
    private final EntryEvents events;
    private final SoldOutRooms soldOutRooms;
    private final TransactionTemplate transaction;
    private final int mostEntries;

    WriteEntries(
            Entries entries,
            EntryGate gate,
            WaitlistCache waitlistCache,
            EntryEvents events,
            SoldOutRooms soldOutRooms,
            TransactionTemplate transaction,
            WaitlistSettings settings) {
        this.entries = entries;
        this.gate = gate;
        this.waitlistCache = waitlistCache;
        this.events = events;
        this.soldOutRooms = soldOutRooms;
        this.transaction = transaction;
        this.mostEntries = settings.mostEntries();
    }

    /** @param found the entries that existed already */
    private record Written(Set<Wanted> limited, List<WaitlistEntry> added, List<WaitlistEntry> found) {

        Map<Holder, WaitlistEntry> byHolder() {
            return Stream.concat(added.stream(), found.stream())
                    .collect(toMap(Holder::of, Function.identity(), (a, _) -> a));
        }
    }

    List<Outcome> write(List<Wanted> wanted) {
        var full = wanted.stream()
                .map(Wanted::sale)
                .distinct()
                .filter(sale -> waitlistCache.waiting(sale) >= mostEntries)
                .collect(toSet());
        var written = transaction.execute(_ -> add(wanted, full));
        if (written == null) throw new IllegalStateException("no result of a committed transaction");
        waitlistCache.joined(written.added());
        var byHolder = written.byHolder();
        // exact, unlike the positions shown later: a customer who joins must not see the place of
        // another one, who joined on another replica a moment ago
        var positions = entries.positions(byHolder.values());
        return wanted.stream()
                .map(each -> written.limited().contains(each)
                        ? new Outcome.LimitReached()
                        : outcome(byHolder.get(Holder.of(each)), positions, full.contains(each.sale())))
                .toList();
    }

    private Written add(List<Wanted> wanted, Set<SaleId> full) {
        var sales = wanted.stream().map(Wanted::sale).distinct().toList();
        soldOutRooms.keep(sales);
        var limited = gate.limited(wanted);
        gate.lineUp(sales);
        var added = entries.add(wanted.stream()
                .filter(each -> !full.contains(each.sale()) && !limited.contains(each))
                .toList());
        events.tell(added);
        var fresh = added.stream().map(Holder::of).collect(toSet());
        var others =
                wanted.stream().filter(each -> !fresh.contains(Holder.of(each))).toList();
        return new Written(limited, added, others.isEmpty() ? List.of() : entries.alive(others));
    }

    private static Outcome outcome(@Nullable WaitlistEntry entry, Map<UUID, Long> positions, boolean full) {
        if (entry == null) return full ? new Outcome.Full() : new Outcome.NotSoldOut();
        return new Outcome.Joined(entry, positions.getOrDefault(entry.id(), 0L));
    }
}
