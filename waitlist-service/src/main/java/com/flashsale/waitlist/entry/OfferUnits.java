package com.flashsale.waitlist.entry;

import com.flashsale.platform.switches.Switch;
import com.flashsale.platform.switches.Switches;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.room.Promises;
import com.flashsale.waitlist.room.SoldOutRooms;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Offers units that came back to the waiting entries, one each, in their order. PostgreSQL alone decides: it knows the
 * stock and every promise that is left after sold out. One replica at a time gives out units of a sale. While the
 * switch of the operators stops admission, the units stay where they are.
 */
@Service
class OfferUnits {

    private final SoldOutRooms soldOutRooms;
    private final SaleCache saleCache;
    private final Admissions admissions;
    private final WriteOffers writeOffers;
    private final Promises promises;
    private final TransactionTemplate transaction;
    private final Switch admission;

    OfferUnits(
            SoldOutRooms soldOutRooms,
            SaleCache saleCache,
            Admissions admissions,
            WriteOffers writeOffers,
            Promises promises,
            TransactionTemplate transaction,
            Switches switches) {
        this.soldOutRooms = soldOutRooms;
        this.saleCache = saleCache;
        this.admissions = admissions;
        this.writeOffers = writeOffers;
        this.promises = promises;
        this.transaction = transaction;
        this.admission = switches.named("admission");
    }

    void offerFreed() {
        if (!admission.isOn()) return;
        for (var id : soldOutRooms.sales()) {
            saleCache.find(id).filter(known -> !known.sale().paused()).ifPresent(this::offerFreed);
        }
    }

    private void offerFreed(KnownSale sale) {
        if (admissions.freeUnits(sale.id()) <= 0) return;
        var offered = transaction.execute(
                _ -> soldOutRooms.lock(sale.id()) ? writeOffers.offer(sale) : List.<AdmissionChange>of());
        if (offered != null && !offered.isEmpty()) promises.tell(offered, List.of());
        else reopenIfNobodyWaits(sale);
    }

    /** Reopens the room if units are free and no entry wants them: the numbers that still wait go on. */
    private void reopenIfNobodyWaits(KnownSale sale) {
        var reopened = soldOutRooms.reopenIf(sale.id(), () -> writeOffers.closeIfNobodyWaits(sale.id()));
        if (reopened) soldOutRooms.tellReopened(sale.id());
    }
}
