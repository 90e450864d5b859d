package com.flashsale.platform.loadtest;

import java.util.concurrent.atomic.AtomicLong;

/** Real traffic: writes without a pause until it is closed. */
final class BusyWriter implements AutoCloseable {

    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;

    BusyWriter(Runnable write) {
        this.thread = Thread.ofPlatform().start(() -> {
            while (!stopped) {
                write.run();
                written.incrementAndGet();
            }
        });
    }

    long written() {
        return written.get();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
