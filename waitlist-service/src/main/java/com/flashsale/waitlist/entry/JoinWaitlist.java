package com.flashsale.waitlist.entry;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.entry.Entries.Wanted;
import com.flashsale.waitlist.room.SoldOutRooms;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.ticket.QueueTicket;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

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

    private final SaleCache saleCache;
    private final SoldOutRooms soldOutRooms;
    private final Clock clock;
    private final GroupCommit<Wanted, Outcome> commits;

    JoinWaitlist(
            SaleCache saleCache,
            WriteEntries writeEntries,
            SoldOutRooms soldOutRooms,
            Clock clock,
            WaitlistSettings settings,
            MeterRegistry meters) {
        this.saleCache = saleCache;
        this.soldOutRooms = soldOutRooms;
        this.clock = clock;
        this.commits = new GroupCommit<>(
                "waitlist",
                new GroupCommit.Settings(
                        settings.joinBatch(), settings.joinQueue(), settings.maxWait(), settings.pace()),
                meters,
                writeEntries::write);
    }

    Outcome join(Command command) {
        var sale = saleCache.await(command.sale());
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

    @Override
    public void destroy() {
        commits.close();
    }
}
