package com.flashsale.load.scenario;

import com.flashsale.load.http.Request;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;

/** Impatient clients: each sends its order again and again under the same key, without waiting for an answer. */
final class RetryStorm implements Workload {

    private static final int REPEATS = 4;
    private static final long EVERY_MILLIS = 50;

    @Override
    public String name() {
        return "RETRY-STORM";
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
        var shoppers = testRun.shopperPool().of(visitors);
        var sale = testRun.sales().create(Sales.Wanted.openNow(visitors));
        var admissions = ShopperPool.admissions(testRun.client(), sale, shoppers);
        return new Prepared(sale, true, run -> (number, due) -> {
            var order = Request.post(
                    "/api/v1/orders",
                    shoppers.get(number),
                    ShopperPool.orderBody(sale, admissions[number]),
                    Request.key());
            run.order(order, due);
            for (int repeat = 1; repeat <= REPEATS; repeat++) {
                run.later(repeat * EVERY_MILLIS, later -> run.order("repeat", order, later));
            }
        });
    }
}
