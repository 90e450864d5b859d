package com.flashsale.customers;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The limit of requests under way at the same time: first come, first served, and as many as the other side takes. It
 * shrinks by a quarter when a request was asked to wait, and widens slowly while all goes well. A crowd that only
 * pushes harder gets less done.
 */
final class AimdLimiter {

    private static final int NARROWEST = 8;
    private static final int WENT_WELL_PER_STEP = 8;

    /** A burst of refusals counts as one. */
    private static final long SHRINKS_AT_MOST_EVERY = 250_000_000L;

    private static final class Width extends Semaphore {
        Width(int permits) {
            super(permits, true);
        }

        void narrow(int by) {
            reducePermits(by);
        }
    }

    private final int widest;
    private final Width width;
    private final ReentrantLock lock = new ReentrantLock();
    private int limit;
    private int wentWell;
    private long shrunkAt;

    AimdLimiter(int widest) {
        this.widest = widest;
        this.limit = widest;
        this.width = new Width(limit);
        this.shrunkAt = System.nanoTime() - SHRINKS_AT_MOST_EVERY;
    }

    void acquire() throws InterruptedException {
        width.acquire();
    }

    boolean tryAcquire() {
        return width.tryAcquire();
    }

    void release() {
        width.release();
    }

    int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    void wentWell() {
        lock.lock();
        try {
            wentWell++;
            if (wentWell >= WENT_WELL_PER_STEP && limit < widest) {
                limit++;
                wentWell = 0;
                width.release();
            }
        } finally {
            lock.unlock();
        }
    }

    void wasTooMuch() {
        lock.lock();
        try {
            long now = System.nanoTime();
            int by = Math.min(limit / 4, limit - NARROWEST);
            if (now - shrunkAt >= SHRINKS_AT_MOST_EVERY && by > 0) {
                limit -= by;
                wentWell = 0;
                shrunkAt = now;
                width.narrow(by);
            }
        } finally {
            lock.unlock();
        }
    }
}
