package com.flashsale.load.story;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.http.Streams;
import com.flashsale.load.inject.Ending;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.scene.Scene;
import com.flashsale.load.scene.Stage;

/** People who only wait: some hold an event stream open, the others poll. */
record LineHolders(int streams) implements Scene {

    private static final int FIRST_OF_POLLERS = 1_000_000;

    @Override
    public String name() {
        return "LINE-HOLDERS";
    }

    @Override
    public Set prepare(Stage stage, int visitors) {
        var sale = stage.sales().create(Sales.Wanted.openNow(1));
        var queue = "/api/v1/sales/" + sale + "/queue";
        return new Set(sale, false, run -> {
            var open = new Streams(stage.client(), stage.target().gateway());
            return (number, due) -> {
                if (number == 0) {
                    for (int i = 0; i < streams; i++)
                        open.open(Request.get(queue + "/events", Visitor.number(i, null)));
                }
                run.ask("poll", Request.get(queue, Visitor.number(FIRST_OF_POLLERS + number, null)), due);
                if (number == visitors - 1) {
                    open.close((held, events) -> run.operation("stream held")
                            .record(
                                    due,
                                    System.nanoTime(),
                                    held ? Ending.ACCEPTED : Ending.FAILED,
                                    events + " events"));
                }
            };
        });
    }
}
