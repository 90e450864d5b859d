package com.flashsale.load.story;

import com.flashsale.load.http.Answer;
import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.scene.Run;
import com.flashsale.load.scene.Scene;
import com.flashsale.load.scene.Stage;

/**
 * The opening of a sale: all visitors join at once. A visitor without an admission polls the queue and joins again,
 * until they have ordered or the sale is sold out.
 */
record SaleOpens(int units) implements Scene {

    private static final int ADMISSIONS_PER_SECOND = 200;
    private static final long POLL_MILLIS = 1_000;
    private static final int MOST_POLLS = 40;

    @Override
    public String name() {
        return "SALE-OPENS";
    }

    @Override
    public Set prepare(Stage stage, int visitors) {
        var shoppers = stage.crowd().of(visitors);
        var wanted = Sales.Wanted.openNow(units);
        var sale = stage.sales().create(new Sales.Wanted(units, ADMISSIONS_PER_SECOND, wanted.opensAt()));
        return new Set(
                sale, true, run -> (number, due) -> new Visit(run, sale, shoppers.get(number)).join(due, MOST_POLLS));
    }

    private record Visit(Run run, String sale, Visitor visitor) {

        void join(long due, int left) {
            run.ask("join", Crowd.join(sale, visitor), due, answer -> joined(answer, left));
        }

        private void joined(Answer answer, int left) {
            var admission = answer.member("admission");
            if (!admission.isEmpty()) run.order(Crowd.order(sale, visitor, admission), System.nanoTime());
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
