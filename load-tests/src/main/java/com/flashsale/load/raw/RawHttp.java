package com.flashsale.load.raw;

import com.flashsale.load.http.LeanClient;
import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.http.Response;
import com.flashsale.load.inject.ClosedLoop;
import com.flashsale.load.observe.Processor;
import com.flashsale.load.observe.SettleWatch;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.reports.result.Result.RawResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * HTTP by itself, behind a gateway, with the naive design behind it, and the application's own way, all at full speed:
 * 64 at once.
 */
final class RawHttp {

    private static final String HOW = "closed loop, 64 at once";

    /** A round of the warm-up; there are more of them until one is hardly faster than the best before it. */
    private static final int WARM_UP = 4_000;

    private static final int MOST_WARM_UPS = 10;
    private static final double FASTER = 1.08;
    private static final double NANOS = 1e9;

    /** @param expected what a request of this kind is answered with when all is well */
    private record Kind(IntFunction<Request> request, Predicate<Response> expected) {
        boolean isAnswered(Response response) {
            return expected.test(response);
        }
    }

    private final TestRun testRun;
    private final int requests;
    private final Processor processor;
    private final List<RawResult> results = new ArrayList<>();

    /** @param requests of each kind; orders are a quarter of them */
    RawHttp(TestRun testRun, int requests) {
        this.testRun = testRun;
        this.requests = requests;
        this.processor = new Processor(testRun.target().state());
    }

    List<RawResult> measure(RawPostgres postgres) throws Exception {
        var buyers = testRun.shopperPool().of(Math.max(WARM_UP, requests / 4));
        smallServer(postgres, buyers);
        refused(buyers);
        orders(buyers.subList(0, requests / 4));
        return results;
    }

    private void smallServer(RawPostgres postgres, List<Visitor> buyers) throws Exception {
        var orders = new ArrayBlockingQueue<NaiveOrder>(RawPostgres.CONNECTIONS);
        for (int i = 0; i < RawPostgres.CONNECTIONS; i++) orders.add(new NaiveOrder(postgres.worker()));
        try (var server = new StubServer(orders);
                var gateway = new SecondGateway(testRun.target(), server.port())) {
            var observation = new Kind(RawHttp::observation, Response::isSuccess);
            rate("http: empty handler", server.port(), requests, observation);
            rate("http: empty handler behind the gateway", gateway.port(), requests, observation);
            var naive = new Kind(n -> naive(buyers, n), Response::isSuccess);
            rate("http: naive hot row", server.port(), requests / 4, naive);
            rate("http: naive hot row behind the gateway", gateway.port(), requests / 4, naive);
        }
    }

    /** Those who get no order: they look at the queue, or come when nothing is left. */
    private void refused(List<Visitor> buyers) throws InterruptedException {
        int port = testRun.target().context().ports().gateway();
        var sale = testRun.sales().create(Sales.Wanted.openNow(1));
        var winner = buyers.getFirst();
        var admission = ShopperPool.admissions(testRun.client(), sale, List.of(winner))[0];
        var path = "/api/v1/sales/" + sale + "/queue";
        var poll = new Kind(n -> Request.get(path, Visitor.number(n, null)), Response::isSuccess);
        cost("queue poll", rate("application: queue poll through the gateway", port, requests, poll));
        var late = new Kind(
                n -> ShopperPool.join(sale, buyers.get(1 + n % (buyers.size() - 1))),
                response -> response.problem().equals("sold-out"));
        ClosedLoop.run(
                testRun.client(),
                1,
                _ -> ShopperPool.order(sale, winner, admission),
                (_, response) -> response.isSuccess());
        ClosedLoop.run(testRun.client(), 1, late.request(), (_, response) -> late.isAnswered(response));
        cost("join after sold-out", rate("application: join after sold-out through the gateway", port, requests, late));
        testRun.sales().end(sale);
    }

    private void cost(String what, double millis) {
        results.add(new RawResult(
                "processor: " + what + ", ms",
                millis,
                millis,
                "all processes of the platform, without the load generator"));
    }

    private static Request observation(int number) {
        return Request.get("/api/v1/sales/00000000-0000-7000-8000-000000000000", Visitor.number(number, null));
    }

    private static Request naive(List<Visitor> buyers, int number) {
        return Request.post("/api/v1/orders", buyers.get(number % buyers.size()), "{}");
    }

    /** Returns the milliseconds of processor that the platform needed for each. */
    private double rate(String name, int port, int count, Kind kind) throws InterruptedException {
        try (var client = LeanClient.start(
                LeanClient.Settings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))) {
            warmUp(client, kind);
            var before = processor.read();
            long begin = System.nanoTime();
            ClosedLoop.run(client, count, kind.request(), (_, response) -> kind.isAnswered(response));
            long end = System.nanoTime();
            results.add(result(name, HOW, count, end - begin));
            return millisEach(before, processor.read(), count);
        }
    }

    private static void warmUp(LeanClient client, Kind kind) throws InterruptedException {
        double best = 0;
        for (int round = 0; round < MOST_WARM_UPS; round++) {
            long begin = System.nanoTime();
            ClosedLoop.run(client, WARM_UP, kind.request(), (_, response) -> kind.isAnswered(response));
            double rate = WARM_UP / ((System.nanoTime() - begin) / NANOS);
            if (rate < best * FASTER) return;
            best = Math.max(best, rate);
        }
    }

    private static double millisEach(Processor.Reading before, Processor.Reading after, int count) {
        long millis = 0;
        for (var process : after.millis().entrySet()) {
            if (process.getKey().equals(Processor.LOAD_GENERATOR)) continue;
            millis += process.getValue() - before.millis().getOrDefault(process.getKey(), 0L);
        }
        return (double) millis / count;
    }

    /** Joining is the application's waiting room; then every buyer orders. Two rates: accepted, and durably decided. */
    private void orders(List<Visitor> buyers) throws Exception {
        int count = buyers.size();
        var sale = testRun.sales().create(Sales.Wanted.openNow(count + 1));
        var admissions = ShopperPool.admissions(testRun.client(), sale, buyers);
        try (var settling = new SettleWatch(testRun.target(), sale)) {
            var before = processor.read();
            long begin = System.nanoTime();
            ClosedLoop.run(
                    testRun.client(),
                    count,
                    n -> ShopperPool.order(sale, buyers.get(n), admissions[n]),
                    (_, response) -> response.isSuccess());
            long accepted = System.nanoTime() - begin;
            boolean all = settling.await(count, Duration.ofMinutes(2).toNanos());
            long settled = System.nanoTime() - begin;
            if (!all) throw new IllegalStateException("only " + settling.settled() + " of " + count + " were settled");
            results.add(result("application: order accepted through the gateway", HOW, count, accepted));
            results.add(result(
                    "application: order settled through the gateway",
                    HOW + ", until the last is decided",
                    count,
                    settled));
            cost("order settled", millisEach(before, processor.read(), count));
        } finally {
            testRun.sales().end(sale);
        }
    }

    private static RawResult result(String name, String note, int count, long nanos) {
        double rate = count / (nanos / NANOS);
        return new RawResult(name, rate, 64_000 / rate, note);
    }
}
