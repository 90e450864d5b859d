package com.flashsale.inventory.reservation;

import java.util.concurrent.locks.ReentrantLock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks twice a second for reservations whose time is over, and goes on without a rest while there are full batches of them. */
@Component
class ExpiryJob {

    /** A bound for one round; the next one begins a moment later. */
    private static final int BATCHES_IN_A_ROW = 100;

    private final ExpireReservations expireReservations;
    private final ExpirySettings settings;
    private final ReservationMetrics metrics;
    private final ReentrantLock round = new ReentrantLock();

    ExpiryJob(ExpireReservations expireReservations, ExpirySettings settings, ReservationMetrics metrics) {
        this.expireReservations = expireReservations;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** At a fixed rate, because jobs with a fixed delay share one thread: somebody's clean-up must not keep units from the next buyer. */
    @Scheduled(fixedRateString = "${inventory.expiry.every}")
    void expireDue() {
        if (!round.tryLock()) return; // the round before is still at work
        try {
            drain();
        } finally {
            round.unlock();
        }
    }

    private void drain() {
        for (int batch = 0; batch < BATCHES_IN_A_ROW; batch++) {
            var expired = expireReservations.expire();
            metrics.count(expired);
            if (expired.size() < settings.batch()) return;
        }
    }
}
