package com.flashsale.load.workload;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Customers that no process has seen, a fixed number at once: each joins and orders, and then the next one comes. A
 * closed loop shows the highest rate at each moment of a warm-up; an open model would show the arrivals. A customer
 * whose request is not accepted repeats it.
 *
 * @param customers in total; the loop ends early when all have ordered
 * @param atOnce customers that are under way at the same time
 */
public record PurchaseLoop(int customers, int atOnce, Duration length) implements Workload {

    private static final long AGAIN_MILLIS = 250;

    @Override
    public String name() {
        return "PURCHASE-LOOP";
    }

    /** The first customers; each begins a chain of others. */
    public Arrivals arrivals() {
        return new Arrivals(new long[atOnce], length);
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
        var shoppers = testRun.shopperPool().unseen(customers + 1);
        var sale = testRun.sales().create(Sales.Wanted.openNow(customers + 1));
        // the services know the sale once a customer has joined it
        ShopperPool.admissions(testRun.client(), sale, List.of(shoppers.removeLast()));
        return new Prepared(sale, true, run -> {
            var loop = new Loop(run, sale, new ArrayDeque<>(shoppers), run.start() + length.toNanos());
            return (_, due) -> loop.next(due);
        });
    }

    private record Loop(WorkloadRun run, String sale, Deque<Visitor> waiting, long end) {

        void next(long due) {
            var customer = waiting.poll();
            if (customer != null && isRunning()) join(customer, due);
        }

        private boolean isRunning() {
            return System.nanoTime() - end < 0;
        }

        private void join(Visitor customer, long due) {
            run.ask(
                    "join",
                    ShopperPool.join(sale, customer),
                    due,
                    joined -> {
                        var admission = joined.member("admission");
                        if (admission.isEmpty()) again(() -> join(customer, System.nanoTime()));
                        else order(customer, admission);
                    },
                    () -> again(() -> join(customer, System.nanoTime())));
        }

        private void order(Visitor customer, String admission) {
            send(ShopperPool.order(sale, customer, admission));
        }

        /** Under the same key each time: the first request may have been executed. */
        private void send(Request order) {
            run.order("order", order, System.nanoTime(), () -> next(System.nanoTime()), () -> again(() -> send(order)));
        }

        private void again(Runnable step) {
            if (isRunning()) run.later(AGAIN_MILLIS, _ -> step.run());
        }
    }
}
