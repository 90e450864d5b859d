package com.flashsale.load.story;

import com.flashsale.load.http.Request;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.scene.Scene;
import com.flashsale.load.scene.Stage;
import java.util.List;

/** The requests of an access log again, at their times, by visitors of its own. */
record Replay(AccessLog log) implements Scene {

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
    public Set prepare(Stage stage, int visitors) throws InterruptedException {
        var shoppers = stage.crowd().of(visitors);
        var sale = stage.sales().create(Sales.Wanted.openNow(visitors));
        var admissions = Crowd.admissions(stage.client(), sale, shoppers);
        return new Set(sale, log.kinds().contains(ORDER), run -> (number, due) -> {
            var visitor = shoppers.get(number);
            var kind = log.kinds().get(number);
            switch (kind) {
                case ORDER -> run.order(Crowd.order(sale, visitor, admissions[number]), due);
                case JOIN -> run.ask("join", Crowd.join(sale, visitor), due);
                default -> run.ask(kind, Request.get(pathOf(kind, sale), visitor), due);
            }
        });
    }

    private static String pathOf(String kind, String sale) {
        return kind.substring("GET ".length()).replace("{saleId}", sale).replace("**", "mine");
    }
}
