package com.flashsale.load.workload;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.platform.ShopperPool;

/**
 * The path of one visitor from the sale's page to the order. A visitor without an admission joins again; a refused
 * visitor leaves.
 */
record Journey(WorkloadRun run, String sale, Visitor visitor) {

    private static final int POLLS = 3;
    private static final long POLL_MILLIS = 500;

    void begin(long due) {
        run.ask("browse", Request.get("/api/v1/sales/" + sale, visitor), due, _ -> join());
    }

    private void join() {
        run.ask(
                "join",
                ShopperPool.join(sale, visitor),
                System.nanoTime(),
                response -> poll(response.member("admission"), POLLS));
    }

    private void poll(String admission, int left) {
        if (left == 0) {
            if (admission.isEmpty()) join();
            else run.order(ShopperPool.order(sale, visitor, admission), System.nanoTime());
            return;
        }
        run.later(
                POLL_MILLIS,
                due -> run.ask(
                        "poll",
                        Request.get("/api/v1/sales/" + sale + "/queue", visitor),
                        due,
                        _ -> poll(admission, left - 1)));
    }
}
