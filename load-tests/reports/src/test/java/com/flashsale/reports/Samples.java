package com.flashsale.reports;

import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.law.Hold;
import com.flashsale.reports.law.HotPlace;
import com.flashsale.reports.result.CostCard;
import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Pace;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Latency;
import com.flashsale.reports.result.Result.OperationResult;
import com.flashsale.reports.result.Series;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** A result as a run would leave it. */
public final class Samples {

    private Samples() {}

    public static Result full() {
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
                        List.of(order()),
                        new Result.Settle(1, 1, 10, latency, 0.1, List.of(new Series.Point(0.5, 1))),
                        List.of(new Result.ProcessShare("gateway", 100, 0.5, 300 << 20, 0.4)),
                        0.9,
                        List.of(new Series("outbox orders", "events", List.of(new Series.Point(1, 3)))),
                        CostCard.of(1, 4, Map.of("gateway", 3L), Map.of("wal", 9_000L), 300 << 20)),
                findings(latency));
    }

    private static OperationResult order() {
        var none = new Latency(0, 0, 0, 0, 0, 0);
        return new OperationResult(
                "order",
                100,
                1,
                new Latency(1, 5.003, 5.003, 5.003, 5.003, 5.003),
                new Latency(1, 9.007, 9.007, 9.007, 9.007, 9.007),
                none,
                none,
                Map.of("202", 1L, "409 sold-out", 1L),
                List.of(new Result.Second(0, 1, 1, 0, 0, 5.023, 5.023)),
                new Pace(2, 2, 1, 0, 5.003),
                List.of(new Result.Tenth(0, 1, 1, 0, 0, 5.023, 5.023)));
    }

    private static Result.Findings findings(Latency latency) {
        var trial = new LimitResult.Trial(1, 100, false, List.of("p99 <300> ms"), latency, 0.1, 90, "machine 99 %");
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

    /** F and m of two processes that hold for every operation, and fit exactly. */
    private static LimitResult limit(String operation, double rate, LimitResult.Trial trial) {
        var holds = DoubleStream.of(100, 200, 300, 400)
                .mapToObj(held ->
                        new Hold(held, Map.of("gateway", 0.25 + held / 2_048, "load generator", held / 4_096), 0.0))
                .toList();
        var law = CapacityLaw.of(holds, 2, List.of())
                .with(List.of(new HotPlace("gateway", "io.netty.Loop.<run>", 0.25)), List.of());
        return new LimitResult(operation, List.of(rate), rate, rate, rate, "processor", List.of(trial), law);
    }
}
