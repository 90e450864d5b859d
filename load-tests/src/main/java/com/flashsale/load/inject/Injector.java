package com.flashsale.load.inject;

import com.flashsale.load.http.LeanClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Begins each visit when it is due. Visits run on the client's loop, so threads share no state. The calling thread
 * watches the clock, since a Netty loop with a timer due within a millisecond spins until then.
 */
public final class Injector {

    private static final long MILLI = 1_000_000;

    /** At most this many visits begin before the loop reads answers again. */
    private static final int AT_ONCE = 256;

    private static final long TICK_SECONDS = 30;
    private static final long ENDED = -1;

    private final LeanClient client;

    public Injector(LeanClient client) {
        this.client = client;
    }

    /** Begins a visit, on the loop. */
    @FunctionalInterface
    public interface Visit {
        void begin(int number, long due);
    }

    /**
     * Runs until every visit has begun and ended.
     *
     * @param ended whether no visit that has begun still goes on
     * @param grace time for the last visits, after the last arrival
     */
    public void run(Arrivals arrivals, long start, Visit visit, BooleanSupplier ended, Duration grace)
            throws InterruptedException {
        var pace = new Pace(arrivals, start, visit, () -> client.unanswered() == 0 && ended.getAsBoolean());
        long deadline = start + arrivals.length().plus(grace).toNanos();
        try {
            while (System.nanoTime() - deadline < 0) {
                long pause = client.loop().submit(pace::tick).get(TICK_SECONDS, TimeUnit.SECONDS);
                if (pause == ENDED) return;
                LockSupport.parkNanos(pause);
            }
        } catch (ExecutionException | TimeoutException broken) {
            throw new IllegalStateException("the injector failed", broken);
        }
    }

    private static final class Pace {
        private final Arrivals arrivals;
        private final long start;
        private final Visit visit;
        private final BooleanSupplier quiet;
        private int next;

        Pace(Arrivals arrivals, long start, Visit visit, BooleanSupplier quiet) {
            this.arrivals = arrivals;
            this.start = start;
            this.visit = visit;
            this.quiet = quiet;
        }

        /** Begins the visits that are due; returns the nanoseconds until the next call. */
        long tick() {
            int most = Math.min(arrivals.count(), next + AT_ONCE);
            while (next < most && due(next) - System.nanoTime() <= 0) {
                visit.begin(next, due(next));
                next++;
            }
            if (next == arrivals.count()) return quiet.getAsBoolean() ? ENDED : MILLI;
            return next == most ? 0 : Math.max(MILLI, due(next) - System.nanoTime());
        }

        private long due(int number) {
            return start + arrivals.offsets()[number];
        }
    }
}
