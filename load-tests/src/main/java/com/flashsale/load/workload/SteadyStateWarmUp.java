package com.flashsale.load.workload;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.inject.ClosedLoop;
import com.flashsale.load.observe.SettleWatch;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The first minute of a JVM is several times slower than the next, and no limit. Buys as fast as it is answered, in
 * rounds, until a round is no longer faster than the best before it: then the compilers have had their turn.
 */
public final class SteadyStateWarmUp {

    private static final int ORDERS = 1_500;
    private static final int MOST_ROUNDS = 40;

    /** A round counts as faster from here on. */
    private static final double FASTER = 1.08;

    private static final int ROUNDS_WITHOUT_GAIN = 3;
    private static final Duration LAST_DECISIONS = Duration.ofMinutes(2);
    private static final Arrivals SMALL_BATCHES = Arrivals.constant(100, Duration.ofSeconds(20));
    private static final double NANOS = 1e9;

    private final TestRun testRun;
    private final Consumer<String> say;

    public SteadyStateWarmUp(TestRun testRun, Consumer<String> say) {
        this.testRun = testRun;
        this.say = say;
    }

    public void run() throws SQLException, InterruptedException {
        double best = 0;
        int withoutGain = 0;
        for (int round = 1; round <= MOST_ROUNDS && withoutGain < ROUNDS_WITHOUT_GAIN; round++) {
            double rate = round();
            say.accept("warm-up   round %d  %6.0f/s settled, closed loop, 64 at once".formatted(round, rate));
            withoutGain = rate > best * FASTER ? 0 : withoutGain + 1;
            best = Math.max(best, rate);
        }
        // few at once make many small batches, which is other code than a few large ones
        new Measurement(testRun).of(Workloads.ORDER, SMALL_BATCHES);
    }

    /** Orders settled per second. */
    private double round() throws SQLException, InterruptedException {
        var buyers = testRun.shopperPool().of(ORDERS);
        var sale = testRun.sales().create(Sales.Wanted.openNow(ORDERS));
        var admissions = ShopperPool.admissions(testRun.client(), sale, buyers);
        try (var settling = new SettleWatch(testRun.target(), sale)) {
            long begun = System.nanoTime();
            ClosedLoop.run(
                    testRun.client(),
                    ORDERS,
                    number -> ShopperPool.order(sale, buyers.get(number), admissions[number]),
                    (_, response) -> response.isSuccess());
            if (!settling.await(ORDERS, LAST_DECISIONS.toNanos())) {
                throw new IllegalStateException(
                        "only %d of %d orders were settled".formatted(settling.settled(), ORDERS));
            }
            return ORDERS / ((System.nanoTime() - begun) / NANOS);
        } finally {
            testRun.sales().end(sale);
        }
    }
}
