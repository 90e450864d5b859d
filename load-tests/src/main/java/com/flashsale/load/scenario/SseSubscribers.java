package com.flashsale.load.scenario;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.http.Streams;
import com.flashsale.load.inject.Outcome;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;

/** People who only wait: some hold an event stream open, the others poll. */
record SseSubscribers(int streams) implements Workload {

    private static final int FIRST_OF_POLLERS = 1_000_000;

    @Override
    public String name() {
        return "LINE-HOLDERS";
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) {
        var sale = testRun.sales().create(Sales.Wanted.openNow(1));
        var queue = "/api/v1/sales/" + sale + "/queue";
        return new Prepared(sale, false, run -> {
            var open = new Streams(testRun.client(), testRun.target().gateway());
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
                                    held ? Outcome.ACCEPTED : Outcome.FAILED,
                                    events + " events"));
                }
            };
        });
    }
}
