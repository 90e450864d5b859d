package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells every customer who still waits that it is over: the sale has ended, or everything is sold and nothing can come
 * back.
 */
@Service
class CloseWaitlist {

    private final SaleCache saleCache;
    private final OpenWaitlists waitlists;
    private final EntryEvents events;
    private final Admissions admissions;
    private final SettleAdmissions settleAdmissions;
    private final TransactionTemplate transaction;
    private final WaitlistSettings settings;

    CloseWaitlist(
            SaleCache saleCache,
            OpenWaitlists waitlists,
            EntryEvents events,
            Admissions admissions,
            SettleAdmissions settleAdmissions,
            TransactionTemplate transaction,
            WaitlistSettings settings) {
        this.saleCache = saleCache;
        this.waitlists = waitlists;
        this.events = events;
        this.admissions = admissions;
        this.settleAdmissions = settleAdmissions;
        this.transaction = transaction;
        this.settings = settings;
    }

    void closeFinished() {
        for (var open : waitlists.all()) {
            if (open.ended() || isAllSold(open.sale())) close(open.sale());
        }
    }

    private boolean isAllSold(SaleId sale) {
        return saleCache
                .findAnywhere(sale)
                .filter(known -> known.stock().allSold())
                .filter(known -> admissions.undecided(sale).isEmpty())
                .isPresent();
    }

    /** Closes batch by batch; one that is not full was the last. */
    private void close(SaleId sale) {
        int closed;
        do {
            closed = closeBatch(sale);
        } while (closed == settings.closeBatch());
    }

    private int closeBatch(SaleId sale) {
        var closed = transaction.execute(_ -> {
            var batch = waitlists.close(sale, settings.closeBatch());
            events.tell(batch);
            settleAdmissions.withdraw(WriteOffers.offersOf(batch));
            return batch.size();
        });
        return closed == null ? 0 : closed;
    }
}
