package com.flashsale.waitlist.sale;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Requests that wait for a sale whose event is still on the way. Requests for one sale share its look-ups, so a crowd
 * that comes in the first second costs the database as much as one customer.
 */
final class SaleArrivals {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** An id can be made up, so the number of unknown ids that are looked up at the same time has a limit. */
    private static final int MOST_SALES = 64;

    /** Each holds its request for up to {@link #PATIENCE}. */
    private static final int MOST_WAITERS = 4_096;

    private final Semaphore sales = new Semaphore(MOST_SALES);
    private final Semaphore waiters = new Semaphore(MOST_WAITERS);
    private final Map<SaleId, CompletableFuture<Optional<KnownSale>>> lookUps = new ConcurrentHashMap<>();
    private final AtomicReference<CountDownLatch> arrival = new AtomicReference<>(new CountDownLatch(1));

    /**
     * Looks for a sale until it is there or patience ends. Empty at once beyond the limits.
     *
     * @param memory is asked after an arrival
     * @param anywhere is asked at the start and every 100 ms
     */
    Optional<KnownSale> await(SaleId id, Supplier<Optional<KnownSale>> memory, Supplier<Optional<KnownSale>> anywhere) {
        if (!waiters.tryAcquire()) return Optional.empty();
        try {
            var mine = new CompletableFuture<Optional<KnownSale>>();
            var running = lookUps.putIfAbsent(id, mine);
            return running == null ? lead(id, mine, () -> lookFor(memory, anywhere)) : follow(running);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiters.release();
        }
    }

    private interface LookUp {
        Optional<KnownSale> run() throws InterruptedException;
    }

    /** The followers always hear of the end: an exception leaves them without the sale, as a timeout does. */
    private Optional<KnownSale> lead(SaleId id, CompletableFuture<Optional<KnownSale>> mine, LookUp lookUp)
            throws InterruptedException {
        var found = Optional.<KnownSale>empty();
        boolean allowed = sales.tryAcquire();
        try {
            if (allowed) found = lookUp.run();
            return found;
        } finally {
            if (allowed) sales.release();
            lookUps.remove(id, mine);
            mine.complete(found);
        }
    }

    private static Optional<KnownSale> follow(CompletableFuture<Optional<KnownSale>> running)
            throws InterruptedException {
        try {
            return running.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException none) {
            return Optional.empty();
        }
    }

    private Optional<KnownSale> lookFor(Supplier<Optional<KnownSale>> memory, Supplier<Optional<KnownSale>> anywhere)
            throws InterruptedException {
        var known = Optional.<KnownSale>empty();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (known.isEmpty() && System.nanoTime() < deadline) {
            var next = arrival.get();
            known = anywhere.get();
            if (known.isEmpty() && next.await(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) known = memory.get();
        }
        return known;
    }

    /** A sale has arrived. */
    void signal() {
        arrival.getAndSet(new CountDownLatch(1)).countDown();
    }
}
