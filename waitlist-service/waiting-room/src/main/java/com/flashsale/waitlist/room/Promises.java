package com.flashsale.waitlist.room;

import static java.util.stream.Collectors.groupingBy;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.sale.Stock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the rooms what PostgreSQL has committed about their promises. A change may come twice; and if Redis is away it
 * may be missed: then the promise comes up as overdue or stuck later, and {@link RoomMaintenance} asks PostgreSQL.
 */
@Component
public class Promises {

    private static final Logger log = LoggerFactory.getLogger(Promises.class);

    private final RedisRooms room;
    private final SaleCache saleCache;
    private final RoomTicker ticker;

    Promises(RedisRooms room, SaleCache saleCache, RoomTicker ticker) {
        this.room = room;
        this.saleCache = saleCache;
        this.ticker = ticker;
    }

    /**
     * The promises and the stock of a sale change in one script, so that a unit is promised or taken at each moment.
     */
    public void tell(List<AdmissionChange> changes, Collection<Stock> stocks) {
        stocks.forEach(saleCache::learn);
        var bySale =
                changes.stream().collect(groupingBy(change -> change.admission().sale()));
        var stockBySale = stocks.stream().collect(groupingBy(Stock::sale));
        var sales = new HashSet<SaleId>(bySale.keySet());
        sales.addAll(stockBySale.keySet());
        for (var sale : sales) {
            var ofSale = new ArrayList<>(bySale.getOrDefault(sale, List.of()));
            // a room that is new may be known to other replicas alone; passed over, it would keep a promise that was
            // kept
            var known = saleCache.findAnywhere(sale);
            known.ifPresent(it -> tell(it, ofSale, stockBySale.getOrDefault(sale, List.of())));
        }
    }

    private void tell(KnownSale known, List<AdmissionChange> changes, List<Stock> stocks) {
        var roomChanges = new RoomChanges();
        changes.forEach(roomChanges::follow);
        stockAfter(known, changes, stocks).forEach(roomChanges::stock);
        try {
            room.change(known, roomChanges);
        } catch (WaitingRoomUnavailable away) {
            log.warn("{} changes of sale {} will be found later: {}", changes.size(), known.id(), away.getMessage());
        }
        ticker.tickSoon(known.id());
    }

    /**
     * A decision that was known before its order has come without a stock. It was committed with one: without that, a
     * unit that was taken would look free until the stock's own news has come, and would be promised once more.
     */
    private Collection<Stock> stockAfter(KnownSale known, List<AdmissionChange> changes, List<Stock> stocks) {
        var decided = changes.stream().anyMatch(change -> change.state() == Admission.State.DECIDED);
        if (!decided || !stocks.isEmpty()) return stocks;
        var stock = saleCache.stockInDatabase(known);
        saleCache.learn(stock);
        return List.of(stock);
    }
}
