package com.flashsale.inventory.reservation;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets refused orders of which no message can come any more. */
@Component
class RefusalCleanup {

    private final RefusedOrders refusedOrders;

    RefusalCleanup(RefusedOrders refusedOrders) {
        this.refusedOrders = refusedOrders;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 90_000)
    void forgetOld() {
        refusedOrders.forgetOld();
    }
}
