package com.flashsale.load.scenario;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.http.Response;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;
import com.flashsale.load.workload.WorkloadRun;

/**
 * The opening of a sale: all visitors join at once. A visitor without an admission polls the queue and joins again,
 * until they have ordered or the sale is sold out.
 */
record SaleOpens(int units) implements Workload {

    private static final int ADMISSIONS_PER_SECOND = 200;
    private static final long POLL_MILLIS = 1_000;
    private static final int MOST_POLLS = 40;

    @Override
    public String name() {
        return "SALE-OPENS";
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) {
        var shoppers = testRun.shopperPool().of(visitors);
        var wanted = Sales.Wanted.openNow(units);
        var sale = testRun.sales().create(new Sales.Wanted(units, ADMISSIONS_PER_SECOND, wanted.opensAt()));
        return new Prepared(
                sale, true, run -> (number, due) -> new Visit(run, sale, shoppers.get(number)).join(due, MOST_POLLS));
    }

    private record Visit(WorkloadRun run, String sale, Visitor visitor) {

        void join(long due, int left) {
            run.ask("join", ShopperPool.join(sale, visitor), due, response -> joined(response, left));
        }

        private void joined(Response response, int left) {
            var admission = response.member("admission");
            if (!admission.isEmpty()) run.order(ShopperPool.order(sale, visitor, admission), System.nanoTime());
            else if (left > 0) run.later(POLL_MILLIS, due -> poll(due, left - 1));
        }

        private void poll(long due, int left) {
            run.ask(
                    "poll",
                    Request.get("/api/v1/sales/" + sale + "/queue", visitor),
                    due,
                    _ -> join(System.nanoTime(), left));
        }
    }
}
