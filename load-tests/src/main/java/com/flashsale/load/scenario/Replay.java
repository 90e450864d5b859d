package com.flashsale.load.scenario;

import com.flashsale.load.http.Request;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;
import java.util.List;

/** The requests of an access log again, at their times, by visitors of its own. */
record Replay(AccessLog log) implements Workload {

    private static final String ORDER = "POST /api/v1/orders/**";
    private static final String JOIN = "POST /api/v1/sales/{saleId}/queue-tickets/**";
    private static final String MINE = "GET /api/v1/sales/{saleId}/queue-tickets/**";
    private static final String QUEUE = "GET /api/v1/sales/{saleId}/queue";
    private static final String SALE = "GET /api/v1/sales/{saleId}";
    private static final String SALES = "GET /api/v1/sales";

    static final List<String> KINDS = List.of(ORDER, JOIN, MINE, QUEUE, SALE, SALES);

    @Override
    public String name() {
        return "REPLAY";
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
        var shoppers = testRun.shopperPool().of(visitors);
        var sale = testRun.sales().create(Sales.Wanted.openNow(visitors));
        var admissions = ShopperPool.admissions(testRun.client(), sale, shoppers);
        return new Prepared(sale, log.kinds().contains(ORDER), run -> (number, due) -> {
            var visitor = shoppers.get(number);
            var kind = log.kinds().get(number);
            switch (kind) {
                case ORDER -> run.order(ShopperPool.order(sale, visitor, admissions[number]), due);
                case JOIN -> run.ask("join", ShopperPool.join(sale, visitor), due);
                default -> run.ask(kind, Request.get(pathOf(kind, sale), visitor), due);
            }
        });
    }

    private static String pathOf(String kind, String sale) {
        return kind.substring("GET ".length()).replace("{saleId}", sale).replace("**", "mine");
    }
}
