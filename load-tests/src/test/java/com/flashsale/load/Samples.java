package com.flashsale.load;

import com.flashsale.load.http.Response;
import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.load.observe.Series;
import com.flashsale.load.result.Latencies;
import com.flashsale.load.result.Result;
import com.flashsale.load.result.Result.Latency;
import com.flashsale.load.result.Result.LimitResult;
import com.flashsale.load.result.WarmUpCurve;
import com.flashsale.load.result.WarmUpReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Results as a run would leave them. */
public final class Samples {

    public static final long MILLI = 1_000_000;

    private Samples() {}

    public static Response answer(int status, String problem, boolean retryAfter) {
        var body = "{\"type\":\"https://flash-sale.example/problems/" + problem + "\"}";
        return new Response(status, retryAfter, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Result full() {
        var operation = new Operation("order", 0);
        operation.record(0, 5 * MILLI, Outcome.ACCEPTED, "202");
        operation.record(0, 9 * MILLI, Outcome.SOLD_OUT, "409 sold-out");
        var latency = new Latency(1, 5, 5, 5, 5, 5);
        return new Result(
                new Result.Setup(
                        Result.VERSION,
                        "limit",
                        "limit",
                        new Result.Code("abc", true),
                        new Result.Machine(2, "a <model>", 1 << 30, "25", "Linux"),
                        Map.of("hold", "PT15S")),
                new Result.Figures(
                        Instant.parse("2026-11-27T12:00:00Z"),
                        15,
                        List.of(Latencies.of(operation, 100)),
                        new Result.Settle(1, 1, 10, latency, 0.1, List.of(new Series.Point(0.5, 1))),
                        List.of(new Result.ProcessShare("gateway", 100, 0.5, 300 << 20, 0.4)),
                        0.9,
                        List.of(new Series("outbox orders", "events", List.of(new Series.Point(1, 3))))),
                findings(latency));
    }

    private static Result.Findings findings(Latency latency) {
        var trial = new Result.Trial(1, 100, false, List.of("p99 <300> ms"), latency, 0.1, 90, "machine 99 %");
        return new Result.Findings(
                new Result.AuditVerdict(true, "GREEN"),
                List.of(new Result.Check("no request failed", true, "0 of 2")),
                List.of(
                        limit("browse", 2_000, trial),
                        limit("poll", 5_000, trial),
                        limit("join", 500, trial),
                        limit("accepted", 800, trial),
                        limit("settled", 650, trial)),
                List.of(new Result.RawResult("single-row insert", 900, 1.1, "8 connections")),
                List.of("order: the injector sent requests <late>."),
                new WarmUpReport(
                        12.5,
                        64,
                        List.of(new WarmUpCurve("join", 101, 420, 17, List.of(new WarmUpCurve.Point(0, 53, 1, 9, 99)))),
                        new WarmUpReport.Restart(
                                "order-service", 20, 31.5, List.of(new WarmUpReport.Recovery("join", 400, 14)))));
    }

    private static LimitResult limit(String operation, double rate, Result.Trial trial) {
        return new LimitResult(operation, List.of(rate), rate, rate, rate, "processor", List.of(trial));
    }
}
