package com.flashsale.waitlist.pulse;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does one thing again and again, with a rest in between, until the process stops. A beat that fails is logged and the
 * next one comes as if nothing had happened: what a pulse does must be safe to repeat.
 */
public final class Pulse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Duration rest;
    private final Runnable beat;
    private final Semaphore stopping = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    public Pulse(String name, Duration rest, Runnable beat) {
        this.name = name;
        this.rest = rest;
        this.beat = beat;
    }

    @Override
    public void start() {
        if (running) return;
        running = true;
        thread = Thread.ofPlatform().name("pulse-" + name).daemon().start(this::run);
    }

    private void run() {
        try {
            while (running) {
                beatOnce();
                if (stopping.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatOnce() {
        try {
            beat.run();
        } catch (RuntimeException failure) {
            log.warn("{} failed and will be tried again: {}", name, failure.toString(), failure);
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.release();
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
