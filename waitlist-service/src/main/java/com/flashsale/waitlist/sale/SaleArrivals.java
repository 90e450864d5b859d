package com.flashsale.waitlist.sale;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Requests that wait for a sale whose event is still on the way. */
final class SaleArrivals {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int MOST_WAITERS = 64;

    private final Semaphore waiters = new Semaphore(MOST_WAITERS);
    private final AtomicReference<CountDownLatch> arrival = new AtomicReference<>(new CountDownLatch(1));

    /**
     * Looks for a sale until it is there or patience ends.
     *
     * @param memory is asked after an arrival
     * @param anywhere is asked at the start and every 100 ms
     */
    Optional<KnownSale> await(Supplier<Optional<KnownSale>> memory, Supplier<Optional<KnownSale>> anywhere) {
        if (!waiters.tryAcquire()) return Optional.empty();
        try {
            var known = Optional.<KnownSale>empty();
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (known.isEmpty() && System.nanoTime() < deadline) {
                var next = arrival.get();
                known = anywhere.get();
                if (known.isEmpty() && next.await(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) known = memory.get();
            }
            return known;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiters.release();
        }
    }

    /** A sale has arrived. */
    void signal() {
        arrival.getAndSet(new CountDownLatch(1)).countDown();
    }
}
