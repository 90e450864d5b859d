package com.flashsale.waitlist.waitlist;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.waitingroom.QueueTicket;
import com.flashsale.waitlist.waitingroom.SoldOutRooms;
import com.flashsale.waitlist.waitlist.Entries.Wanted;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts a customer on the waitlist of a sale that is sold out, once. Many callers share a transaction. */
@Service
class JoinWaitlist implements DisposableBean {

    record Command(
            SaleId sale, CustomerId customer, @Nullable QueueTicket ticket) {}

    sealed interface Outcome {
        record Joined(WaitlistEntry entry, long position) implements Outcome {}

        record NotSoldOut() implements Outcome {}

        /** The customer holds or owns as many units as the purchase limit allows. */
        record LimitReached() implements Outcome {}

        /** The waitlist is full: a customer who comes now has no chance. */
        record Full() implements Outcome {}

        /** Everything is sold and paid: nothing can come back. */
        record NothingLeft() implements Outcome {}

        record Ended() implements Outcome {}

        /**
         * The sale is for a load test and the customer is real, or the other way round, or they are of two load tests.
         */
        record OtherTraffic() implements Outcome {}

        record UnknownSale() implements Outcome {}
    }

    private record Holder(SaleId sale, CustomerId customer) {

        static Holder of(WaitlistEntry entry) {
            return new Holder(entry.sale(), entry.customer());
        }

        static Holder of(Wanted wanted) {
            return new Holder(wanted.sale(), wanted.customer());
        }
    }

    private final KnownSales knownSales;
    private final Entries entries;
    private final EntryGate gate;
    private final Lines lines;
    private final EntryEvents events;
    private final SoldOutRooms soldOutRooms;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final GroupCommit<Wanted, Outcome> commits;
    private final int mostEntries;

    JoinWaitlist(
            KnownSales knownSales,
            Entries entries,
            EntryGate gate,
            Lines lines,
            EntryEvents events,
            SoldOutRooms soldOutRooms,
            TransactionTemplate transaction,
            Clock clock,
            WaitlistSettings settings,
            MeterRegistry meters) {
        this.knownSales = knownSales;
        this.entries = entries;
        this.gate = gate;
        this.lines = lines;
        this.events = events;
        this.soldOutRooms = soldOutRooms;
        this.transaction = transaction;
        this.clock = clock;
        this.mostEntries = settings.mostEntries();
        this.commits = new GroupCommit<>(
                "waitlist",
                new GroupCommit.Settings(
                        settings.joinBatch(), settings.joinQueue(), settings.maxWait(), settings.pace()),
                meters,
                this::write);
    }

    Outcome join(Command command) {
        var sale = knownSales.await(command.sale());
        if (sale.isEmpty()) return new Outcome.UnknownSale();
        if (!sale.get().sale().isFor(LoadTest.current())) return new Outcome.OtherTraffic();
        if (sale.get().sale().hasEnded(clock.instant())) return new Outcome.Ended();
        return join(sale.get(), command);
    }

    private Outcome join(KnownSale sale, Command command) {
        if (sale.stock().allSold()) return new Outcome.NothingLeft();
        var number = command.ticket() == null ? null : command.ticket().number();
        var wanted = new Wanted(Ids.next(), command.sale(), command.customer(), number);
        var outcome = commits.submit(wanted);
        if (!(outcome instanceof Outcome.NotSoldOut)) return outcome;
        // Redis may have found the sale sold out a moment ago, and told the customer so, before
        // PostgreSQL knows
        soldOutRooms.confirm(sale.id());
        return commits.submit(wanted);
    }

    /** @param found the entries that existed already */
    private record Written(Set<Wanted> limited, List<WaitlistEntry> added, List<WaitlistEntry> found) {

        Map<Holder, WaitlistEntry> byHolder() {
            return Stream.concat(added.stream(), found.stream())
                    .collect(toMap(Holder::of, Function.identity(), (a, _) -> a));
        }
    }

    private List<Outcome> write(List<Wanted> wanted) {
        var full = wanted.stream()
                .map(Wanted::sale)
                .distinct()
                .filter(sale -> lines.waiting(sale) >= mostEntries)
                .collect(toSet());
        var written = transaction.execute(_ -> add(wanted, full));
        if (written == null) throw new IllegalStateException("no result of a committed transaction");
        lines.joined(written.added());
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

    @Override
    public void destroy() {
        commits.close();
    }
}
