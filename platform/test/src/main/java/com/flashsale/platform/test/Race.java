package com.flashsale.platform.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs many actions at once, for tests that assert an invariant and leave the interleaving to chance. */
public final class Race {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Race() {}

    /**
     * Runs the action n times, each on a virtual thread, released together. Returns all outcomes, or throws an error
     * with the first exception as its cause.
     */
    public static <T> List<T> allAtOnce(int n, Callable<T> action) {
        return allAtOnce(Collections.nCopies(n, action));
    }

    /**
     * Runs different actions, each on a virtual thread, released together; returns their outcomes in the same order.
     */
    public static <T> List<T> allAtOnce(List<? extends Callable<T>> actions) {
        var ready = new CountDownLatch(actions.size());
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<T>>();
            for (var action : actions) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    go.await();
                    return action.call();
                }));
            }
            try {
                return outcomes(ready, go, futures);
            } finally {
                // an action that still runs now is stuck: close() would wait for it for ever
                threads.shutdownNow();
            }
        }
    }

    private static <T> List<T> outcomes(CountDownLatch ready, CountDownLatch go, List<Future<T>> futures) {
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        var outcomes = new ArrayList<T>();
        try {
            ready.await();
            go.countDown();
            for (var future : futures) {
                outcomes.add(future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new AssertionError("One of " + futures.size() + " failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "Only " + outcomes.size() + " of " + futures.size() + " ended within " + TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
