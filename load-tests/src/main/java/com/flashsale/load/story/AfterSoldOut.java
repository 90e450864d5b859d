package com.flashsale.load.story;

import com.flashsale.load.http.Request;
import com.flashsale.load.inject.ClosedLoop;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.scene.Scene;
import com.flashsale.load.scene.Stage;
import java.util.List;

/** The sale is over before they come: each looks at the queue once and tries to join once. */
final class AfterSoldOut implements Scene {

    @Override
    public String name() {
        return "STAMPEDE-AFTER-SOLD-OUT";
    }

    @Override
    public Set prepare(Stage stage, int visitors) throws InterruptedException {
        var shoppers = stage.crowd().of(visitors + 1);
        var winner = shoppers.getLast();
        var sale = stage.sales().create(Sales.Wanted.openNow(1));
        var admission = Crowd.admissions(stage.client(), sale, List.of(winner))[0];
        ClosedLoop.run(stage.client(), 1, _ -> Crowd.order(sale, winner, admission), (_, answer) -> answer.isSuccess());
        // until the news has gone round
        ClosedLoop.run(
                stage.client(),
                1,
                _ -> Crowd.join(sale, shoppers.getFirst()),
                (_, answer) -> answer.problem().equals("sold-out"));
        var queue = "/api/v1/sales/" + sale + "/queue";
        return new Set(sale, false, run -> (number, due) -> {
            var visitor = shoppers.get(number);
            run.ask("poll", Request.get(queue, visitor), due);
            run.ask("join", Crowd.join(sale, visitor), due);
        });
    }
}
