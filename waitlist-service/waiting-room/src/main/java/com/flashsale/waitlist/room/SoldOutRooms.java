package com.flashsale.waitlist.room;

import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rooms whose units are all taken. From then on units that come back belong to the waitlist; only when it is empty does
 * the room go on with its numbers. PostgreSQL holds the phase, so the two never give out units at once.
 */
@Component
public class SoldOutRooms {

    private static final Logger log = LoggerFactory.getLogger(SoldOutRooms.class);

    private final RoomPhases phases;
    private final RoomMaintenance maintenance;
    private final RoomTicker ticker;
    private final SaleCache saleCache;

    SoldOutRooms(RoomPhases phases, RoomMaintenance maintenance, RoomTicker ticker, SaleCache saleCache) {
        this.phases = phases;
        this.maintenance = maintenance;
        this.ticker = ticker;
        this.saleCache = saleCache;
    }

    /** The sold-out rooms of current sales: their number is bounded by the sales of today. */
    public List<SaleId> sales() {
        return phases.soldOut(saleCache.current().stream().map(KnownSale::id).toList());
    }

    /** Whether the caller may give out freed units of this sale until its transaction ends. */
    @Transactional(propagation = MANDATORY)
    public boolean lock(SaleId sale) {
        return phases.lockSoldOut(sale);
    }

    /** Until the caller's transaction ends none of these reopens. */
    @Transactional(propagation = MANDATORY)
    public void keep(Collection<SaleId> sales) {
        phases.keepSoldOut(sales);
    }

    /** Makes PostgreSQL learn at once what Redis may have found a moment ago. */
    public void confirm(SaleId sale) {
        ticker.tickSoon(sale);
    }

    /**
     * Reopens the room if the condition holds while no customer can join the waitlist. The caller calls
     * {@link #tellReopened} after the commit.
     */
    @Transactional
    public boolean reopenIf(SaleId sale, BooleanSupplier condition) {
        phases.lockForReopening(sale);
        if (!condition.getAsBoolean()) return false;
        phases.reopen(sale);
        return true;
    }

    /**
     * Tells the room that it is open again. If this is missed, the room asks PostgreSQL about its phase every second.
     */
    public void tellReopened(SaleId sale) {
        saleCache.find(sale).ifPresent(this::tellReopened);
    }

    private void tellReopened(KnownSale sale) {
        try {
            maintenance.tellPhase(sale, phases.phase(sale.id()));
            ticker.tickSoon(sale.id());
        } catch (WaitingRoomUnavailable away) {
            log.debug("Reopened later: {}", away.getMessage());
        }
    }
}
