package com.flashsale.waitlist.waitlist;

import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells everybody who still waits that it is over: the sale has ended, or everything is sold and nothing can come back. */
@Service
class CloseWaitlist {

    private final KnownSales knownSales;
    private final EntryMoves entries;
    private final EntryEvents events;
    private final Admissions admissions;
    private final SettleAdmissions settleAdmissions;
    private final TransactionTemplate transaction;
    private final WaitlistSettings settings;
    private final Clock clock;

    CloseWaitlist(
            KnownSales knownSales,
            EntryMoves entries,
            EntryEvents events,
            Admissions admissions,
            SettleAdmissions settleAdmissions,
            TransactionTemplate transaction,
            WaitlistSettings settings,
            Clock clock) {
        this.knownSales = knownSales;
        this.entries = entries;
        this.events = events;
        this.admissions = admissions;
        this.settleAdmissions = settleAdmissions;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    void closeFinished() {
        for (var id : entries.salesWithHope()) {
            knownSales.find(id).filter(this::isOver).ifPresent(this::close);
        }
    }

    private boolean isOver(KnownSale known) {
        return known.sale().hasEnded(clock.instant())
                || (known.stock().allSold() && admissions.undecided(known.id()).isEmpty());
    }

    /** Batch by batch; one that is not full was the last. */
    private void close(KnownSale sale) {
        int closed;
        do {
            closed = closeBatch(sale);
        } while (closed == settings.closeBatch());
    }

    private int closeBatch(KnownSale sale) {
        var closed = transaction.execute(_ -> {
            var batch = entries.close(sale.id(), settings.closeBatch());
            events.tell(batch);
            settleAdmissions.withdraw(OfferUnits.offersOf(batch));
            return batch.size();
        });
        return closed == null ? 0 : closed;
    }
}
