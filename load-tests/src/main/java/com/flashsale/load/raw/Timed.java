package com.flashsale.load.raw;

import com.flashsale.reports.result.Result.RawResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Repeats an operation for a given time with one or several workers and measures its rate. */
final class Timed {

    /** One piece of work; returns the number of its operations. */
    @FunctionalInterface
    interface Work {
        int once() throws Exception;
    }

    /** Creates the work of one worker, with the resources of that worker alone. */
    @FunctionalInterface
    interface Workers {
        Work worker(int number) throws Exception;
    }

    private static final long WARM_UP_NANOS = 1_000_000_000;

    private final Duration length;

    Timed(Duration length) {
        this.length = length;
    }

    RawResult measure(String name, String note, int count, Workers workers) throws Exception {
        long begin = System.nanoTime() + WARM_UP_NANOS;
        long end = begin + length.toNanos();
        long done = 0;
        try (var threads = Executors.newFixedThreadPool(count)) {
            var running = new ArrayList<Future<Long>>();
            for (int number = 0; number < count; number++) {
                var work = workers.worker(number);
                running.add(threads.submit(() -> repeat(work, begin, end)));
            }
            for (var worker : running) done += worker.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(name + " failed: " + failed.getCause(), failed);
        }
        double rate = done / (length.toNanos() / 1e9);
        return new RawResult(name, rate, rate == 0 ? 0 : count * 1_000 / rate, note);
    }

    /** Counts the operations that end between the beginning and the end. */
    private static long repeat(Work work, long begin, long end) throws Exception {
        long counted = 0;
        while (true) {
            int operations = work.once();
            long now = System.nanoTime();
            if (now - end > 0) return counted;
            if (now - begin > 0) counted += operations;
        }
    }
}
