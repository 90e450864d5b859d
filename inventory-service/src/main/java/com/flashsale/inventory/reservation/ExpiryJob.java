package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.SaleId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Looks twice a second for reservations whose time is over, and goes on without a rest while there are full batches of
 * them.
 */
@Component
class ExpiryJob {

    /** A bound for one round; the next one begins a moment later. */
    private static final int BATCHES_IN_A_ROW = 100;

    private static final Duration LEFT_ASIDE = Duration.ofSeconds(10);
    private static final int MOST_ASIDE = 1_000;
    private static final Logger log = LoggerFactory.getLogger(ExpiryJob.class);

    private final ExpireReservations expireReservations;
    private final ExpirySettings settings;
    private final ReservationMetrics metrics;
    private final ReentrantLock round = new ReentrantLock();
    private final Map<SaleId, Long> aside = new HashMap<>();

    ExpiryJob(ExpireReservations expireReservations, ExpirySettings settings, ReservationMetrics metrics) {
        this.expireReservations = expireReservations;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Runs at a fixed rate. Jobs with a fixed delay share one thread, and a slow clean-up there must not keep units
     * from the next buyer.
     */
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
            aside.values().removeIf(until -> System.nanoTime() - until >= 0);
            var sales = expireReservations.salesWithDue(List.copyOf(aside.keySet()));
            if (sales.isEmpty() || expireAll(sales) < settings.batch()) return;
        }
    }

    private int expireAll(List<SaleId> sales) {
        try {
            return expireReservations.expire(sales).size();
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException away) {
            throw away; // without its database no sale is better than another
        } catch (RuntimeException failed) {
            log.warn("Reservations of {} sales cannot be expired in one batch: {}", sales.size(), failed.toString());
            return sales.stream().mapToInt(this::expireAlone).sum();
        }
    }

    /** Expires one sale alone. A sale that fails is left aside for ten seconds, and the others do not wait for it. */
    private int expireAlone(SaleId sale) {
        try {
            return expireReservations.expire(List.of(sale)).size();
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException away) {
            throw away;
        } catch (RuntimeException failed) {
            log.error("The reservations of {} cannot be expired and are retried later", sale, failed);
            metrics.expiryFailed();
            if (aside.size() < MOST_ASIDE) aside.put(sale, System.nanoTime() + LEFT_ASIDE.toNanos());
            return 0;
        }
    }
}
