package com.flashsale.load.story;

import com.flashsale.load.http.Request;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.scene.Scene;
import com.flashsale.load.scene.Stage;

/** Impatient clients: each sends its order again and again under the same key, without waiting for an answer. */
final class RetryStorm implements Scene {

    private static final int REPEATS = 4;
    private static final long EVERY_MILLIS = 50;

    @Override
    public String name() {
        return "RETRY-STORM";
    }

    @Override
    public Set prepare(Stage stage, int visitors) throws InterruptedException {
        var shoppers = stage.crowd().of(visitors);
        var sale = stage.sales().create(Sales.Wanted.openNow(visitors));
        var admissions = Crowd.admissions(stage.client(), sale, shoppers);
        return new Set(sale, true, run -> (number, due) -> {
            var order = Request.post(
                    "/api/v1/orders", shoppers.get(number), Crowd.orderBody(sale, admissions[number]), Request.key());
            run.order(order, due);
            for (int repeat = 1; repeat <= REPEATS; repeat++) {
                run.later(repeat * EVERY_MILLIS, later -> run.order("repeat", order, later));
            }
        });
    }
}
