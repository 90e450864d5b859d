package com.flashsale.platform.test;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The current faults of all connections of one {@link TcpProxy}. */
final class ProxyFaults {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean requestsHeld;
    private boolean responsesHeld;
    private volatile Duration latency = Duration.ZERO;

    void clear() {
        latency = Duration.ZERO;
        hold(false, false);
    }

    void delay(Duration time) {
        latency = time;
    }

    void hold(boolean requests, boolean responses) {
        lock.lock();
        try {
            requestsHeld = requests;
            responsesHeld = responses;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until bytes of this direction may pass; a closed connection interrupts the wait. */
    void await(boolean request) throws InterruptedException {
        if (latency.isPositive()) Thread.sleep(latency);
        lock.lock();
        try {
            while (request ? requestsHeld : responsesHeld) changed.await();
        } finally {
            lock.unlock();
        }
    }
}
