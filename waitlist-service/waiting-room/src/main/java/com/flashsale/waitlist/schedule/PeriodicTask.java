package com.flashsale.waitlist.schedule;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a task again and again, with a rest in between, until the process stops. A run that fails is logged, and the
 * next one follows as usual: the task must be safe to repeat. A stop waits for the run that is going on.
 */
public final class PeriodicTask implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeriodicTask.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Duration rest;
    private final Runnable task;
    private final Semaphore stopping = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    public PeriodicTask(String name, Duration rest, Runnable task) {
        this.name = name;
        this.rest = rest;
        this.task = task;
    }

    @Override
    public void start() {
        if (running) return;
        running = true;
        thread = Thread.ofPlatform().name("task-" + name).daemon().start(this::run);
    }

    private void run() {
        try {
            while (running) {
                runOnce();
                if (stopping.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            task.run();
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
