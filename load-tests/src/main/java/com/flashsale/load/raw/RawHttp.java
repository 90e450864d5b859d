package com.flashsale.load.raw;

import com.flashsale.load.http.LeanClient;
import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.inject.ClosedLoop;
import com.flashsale.load.observe.SettleWatch;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.result.Result.RawResult;
import com.flashsale.load.scene.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntFunction;

/** HTTP by itself, behind a gateway, with the naive design behind it, and the application's own way, all at full speed: 64 at once. */
final class RawHttp {

    private static final String HOW = "closed loop, 64 at once";
    private static final int WARM_UP = 2_000;

    private final Stage stage;
    private final int requests;

    /** @param requests of each kind; orders are a quarter of them */
    RawHttp(Stage stage, int requests) {
        this.stage = stage;
        this.requests = requests;
    }

    List<RawResult> measure(RawPostgres postgres) throws Exception {
        var results = new ArrayList<RawResult>();
        var orders = new ArrayBlockingQueue<NaiveOrder>(RawPostgres.CONNECTIONS);
        for (int i = 0; i < RawPostgres.CONNECTIONS; i++) orders.add(new NaiveOrder(postgres.worker()));
        var buyers = stage.crowd().of(Math.max(WARM_UP, requests / 4));
        try (var server = new SmallServer(orders);
                var gateway = new OwnGateway(stage.target().context(), server.port())) {
            results.add(rate("http: empty handler", HOW, server.port(), requests, RawHttp::look));
            results.add(rate("http: empty handler behind the gateway", HOW, gateway.port(), requests, RawHttp::look));
            results.add(rate(
                    "http: naive hot row",
                    HOW + ", one transaction each",
                    server.port(),
                    requests / 4,
                    n -> naive(buyers, n)));
            results.add(rate(
                    "http: naive hot row behind the gateway",
                    HOW + ", one transaction each, settled when answered",
                    gateway.port(),
                    requests / 4,
                    n -> naive(buyers, n)));
        }
        int port = stage.target().context().ports().gateway();
        var sale = stage.sales().create(Sales.Wanted.openNow(1));
        Crowd.admissions(stage.client(), sale, buyers.subList(0, 1));
        results.add(rate(
                "application: queue poll through the gateway",
                HOW,
                port,
                requests,
                n -> Request.get("/api/v1/sales/" + sale + "/queue", Visitor.number(n, null))));
        stage.sales().end(sale);
        results.addAll(orders(buyers.subList(0, requests / 4)));
        return results;
    }

    private static Request look(int number) {
        return Request.get("/api/v1/sales/00000000-0000-7000-8000-000000000000", Visitor.number(number, null));
    }

    private static Request naive(List<Visitor> buyers, int number) {
        return Request.post("/api/v1/orders", buyers.get(number % buyers.size()), "{}");
    }

    private RawResult rate(String name, String note, int port, int count, IntFunction<Request> request)
            throws InterruptedException {
        try (var client = LeanClient.start(
                LeanClient.Settings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))) {
            ClosedLoop.run(client, Math.min(WARM_UP, count), request, (_, answer) -> answer.isSuccess());
            long begin = System.nanoTime();
            ClosedLoop.run(client, count, request, (_, answer) -> answer.isSuccess());
            return result(name, note, count, System.nanoTime() - begin);
        }
    }

    /** Joining is the application's waiting room; then every buyer orders. Two rates: accepted, and durably decided. */
    private List<RawResult> orders(List<Visitor> buyers) throws Exception {
        int count = buyers.size();
        var sale = stage.sales().create(Sales.Wanted.openNow(count + 1));
        var admissions = Crowd.admissions(stage.client(), sale, buyers);
        try (var settling = new SettleWatch(stage.target(), sale)) {
            long begin = System.nanoTime();
            ClosedLoop.run(
                    stage.client(),
                    count,
                    n -> Crowd.order(sale, buyers.get(n), admissions[n]),
                    (_, answer) -> answer.isSuccess());
            long accepted = System.nanoTime() - begin;
            boolean all = settling.await(count, Duration.ofMinutes(2).toNanos());
            long settled = System.nanoTime() - begin;
            if (!all) throw new IllegalStateException("only " + settling.settled() + " of " + count + " were settled");
            return List.of(
                    result("application: order accepted through the gateway", HOW, count, accepted),
                    result(
                            "application: order settled through the gateway",
                            HOW + ", until the last is decided",
                            count,
                            settled));
        } finally {
            stage.sales().end(sale);
        }
    }

    private static RawResult result(String name, String note, int count, long nanos) {
        double rate = count / (nanos / 1e9);
        return new RawResult(name, rate, 64_000 / rate, note);
    }
}
