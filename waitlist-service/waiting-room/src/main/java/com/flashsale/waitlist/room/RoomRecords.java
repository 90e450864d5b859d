package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.Admissions;
import com.flashsale.waitlist.room.ScriptArguments.Rebuild;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.Stock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of PostgreSQL from which a room is rebuilt. */
@Component
class RoomRecords {

    /**
     * @param gaps numbers with unknown owners, as the scripts read them
     * @param undecided admissions whose units are still promised
     * @param taken numbers whose turn was claimed
     */
    record Records(Rooms.NewEpoch room, String gaps, List<AdmissionChange> undecided, List<Long> taken, Stock stock) {

        Rebuild.Begin head() {
            return new Rebuild.Begin(
                    room.issued(),
                    room.settled(),
                    room.ceiling(),
                    stock.available(),
                    stock.version(),
                    room.phase(),
                    gaps);
        }
    }

    private final Rooms rooms;
    private final Admissions admissions;
    private final SaleCache saleCache;
    private final TransactionTemplate transaction;
    private final WaitingRoomSettings settings;

    RoomRecords(
            Rooms rooms,
            Admissions admissions,
            SaleCache saleCache,
            TransactionTemplate transaction,
            WaitingRoomSettings settings) {
        this.rooms = rooms;
        this.admissions = admissions;
        this.saleCache = saleCache;
        this.transaction = transaction;
        this.settings = settings;
    }

    /** Begins a new epoch of the room and reads its rows, in one transaction. */
    Records beginEpoch(KnownSale sale) {
        var records = transaction.execute(_ -> read(sale));
        if (records == null) throw new IllegalStateException("no result of a committed transaction");
        return records;
    }

    private Records read(KnownSale sale) {
        var begun = rooms.beginEpoch(sale.id(), settings.numberRange());
        if (begun.knownIssued() < begun.issued()) rooms.addGap(sale.id(), begun.knownIssued(), begun.issued());
        // Promises before stock: an order that is decided in between counts twice for a moment, but
        // is never missed.
        var undecided = admissions.undecided(sale.id());
        var taken = admissions.numbersAfter(sale.id(), begun.settled());
        var stock = saleCache.stockInDatabase(sale);
        return new Records(begun, rooms.gaps(sale.id()), undecided, taken, stock);
    }
}
