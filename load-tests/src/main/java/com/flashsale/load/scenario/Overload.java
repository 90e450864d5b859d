package com.flashsale.load.scenario;

import com.flashsale.load.http.Request;
import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;
import com.flashsale.load.workload.WorkloadRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A flood of many times more orders than the platform can take, then a usual rate. The platform may recover for 30 s
 * and must have recovered in the 15 s after. A refused order goes to the end of the queue and comes again under the
 * same key, so every visitor has an admission.
 *
 * @param limit orders a second that the platform holds
 * @param times the rate of the flood as a multiple of the limit
 */
record Overload(double limit, double times, Duration flood) implements Workload {

    static final String FLOOD = "order";
    static final String AFTERWARDS = "order afterwards";

    private static final String RECOVERING = "order while recovering";
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration AFTER = Duration.ofSeconds(15);

    /** The usual rate as a share of the limit, which a healthy platform takes easily. */
    private static final double USUAL = 0.7;

    /**
     * Buyers in reserve, as a factor: the platform may take more than a limit found on another day, and a visitor
     * without a buyer left sends no request.
     */
    private static final double SPARE = 1.4;

    /** A flood of no more visits than this has a buyer for each, however fast the platform is. */
    private static final int SMALL_FLOOD = 10_000;

    @Override
    public String name() {
        return "OVERLOAD";
    }

    Arrivals arrivals() {
        return Arrivals.constant(limit * times, flood)
                .then(Arrivals.constant(limit * USUAL, RECOVERY))
                .then(Arrivals.constant(limit * USUAL, AFTER));
    }

    @Override
    public Prepared prepare(TestRun testRun, int visits) throws InterruptedException {
        int later = laterBuyers();
        int buyers = floodBuyers() + later;
        var shoppers = testRun.shopperPool().of(buyers);
        var sale = testRun.sales().create(Sales.Wanted.openNow(buyers));
        var admissions = ShopperPool.admissions(testRun.client(), sale, shoppers);
        var orders = new ArrayList<Request>();
        for (int buyer = 0; buyer < buyers; buyer++) {
            orders.add(ShopperPool.order(sale, shoppers.get(buyer), admissions[buyer]));
        }
        return new Prepared(sale, true, run -> {
            var waiting = new Queue(run, orders, later);
            return (number, due) -> waiting.next(nameOf(number), due);
        });
    }

    int floodBuyers() {
        double visits = limit * times * flood.toSeconds();
        return (int) Math.max(limit * SPARE * flood.toSeconds(), Math.min(visits, SMALL_FLOOD));
    }

    /** Buyers whom the flood leaves, so that orders come after it even if the flood has used up its own. */
    int laterBuyers() {
        return (int) (limit * SPARE * USUAL * RECOVERY.plus(AFTER).toSeconds());
    }

    private String nameOf(int number) {
        double flooded = limit * times * flood.toSeconds();
        double recovered = flooded + limit * USUAL * RECOVERY.toSeconds();
        if (number < flooded) return FLOOD;
        return number < recovered ? RECOVERING : AFTERWARDS;
    }

    /** The orders that are not accepted yet. */
    private static final class Queue {
        private final WorkloadRun run;
        private final Deque<Request> waiting;
        private final int later;

        Queue(WorkloadRun run, List<Request> orders, int later) {
            this.run = run;
            this.later = later;
            waiting = new ArrayDeque<>(orders);
        }

        void next(String operation, long due) {
            if (operation.equals(FLOOD) && waiting.size() <= later) return;
            var order = waiting.poll();
            if (order != null) run.order(operation, order, due, () -> waiting.add(order));
        }
    }
}
