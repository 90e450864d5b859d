package com.flashsale.load.scenario;

import com.flashsale.load.http.Request;
import com.flashsale.load.inject.ClosedLoop;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;
import java.util.List;

/** The sale is over before they come: each looks at the queue once and tries to join once. */
final class AfterSoldOut implements Workload {

    @Override
    public String name() {
        return "STAMPEDE-AFTER-SOLD-OUT";
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
        var shoppers = testRun.shopperPool().of(visitors + 1);
        var winner = shoppers.getLast();
        var sale = testRun.sales().create(Sales.Wanted.openNow(1));
        var admission = ShopperPool.admissions(testRun.client(), sale, List.of(winner))[0];
        ClosedLoop.run(
                testRun.client(),
                1,
                _ -> ShopperPool.order(sale, winner, admission),
                (_, response) -> response.isSuccess());
        // until the news has gone round
        ClosedLoop.run(
                testRun.client(),
                1,
                _ -> ShopperPool.join(sale, shoppers.getFirst()),
                (_, response) -> response.problem().equals("sold-out"));
        var queue = "/api/v1/sales/" + sale + "/queue";
        return new Prepared(sale, false, run -> (number, due) -> {
            var visitor = shoppers.get(number);
            run.ask("poll", Request.get(queue, visitor), due);
            run.ask("join", ShopperPool.join(sale, visitor), due);
        });
    }
}
