package com.flashsale.load.scenario;

import static com.flashsale.load.inject.Outcome.ACCEPTED;
import static com.flashsale.load.inject.Outcome.REFUSED;
import static com.flashsale.load.inject.Outcome.SOLD_OUT;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.workload.Measured;
import com.flashsale.load.workload.Workloads;
import com.flashsale.reports.result.Result.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** All scenarios by name. */
public final class Scenarios {

    public static final List<String> NAMES = List.of(
            "smoke",
            "sale-opens",
            "stampede-after-sold-out",
            "steady",
            "sine",
            "replay",
            "soak",
            "retry-storm",
            "bots",
            "line-holders",
            "overload",
            "newcomers",
            "newcomers-buy");

    private static final double OVERLOAD = 10;

    /** The share of the limit that the platform must still do under overload. */
    private static final double GOODPUT = 0.9;

    private Scenarios() {}

    public static Scenario named(String name, ScenarioOptions options) throws IOException {
        return switch (name) {
            case "smoke" -> smoke(options);
            case "sale-opens" -> saleOpens(options);
            case "stampede-after-sold-out" -> stampede(options);
            case "steady" -> journeys(name, Arrivals.constant(options.rateOr(20), options.lengthOr(60)));
            case "sine" -> sine(options);
            case "soak" -> soak(options);
            case "retry-storm" -> retryStorm(options);
            case "bots" -> bots(options);
            case "line-holders" -> lineHolders(options);
            case "replay" -> replay(options);
            case "overload" -> overload(options);
            case "newcomers" -> newcomers(options);
            case "newcomers-buy" -> newcomersBuy(options);
            default -> throw new IllegalArgumentException("There is no scenario " + name + ". There are " + NAMES);
        };
    }

    private static Scenario smoke(ScenarioOptions options) {
        var arrivals = Arrivals.within(options.visitorsOr(20), Duration.ofSeconds(1));
        return new Scenario("smoke", Workloads.JOURNEY, arrivals, Scenarios::allBought);
    }

    private static Scenario journeys(String name, Arrivals arrivals) {
        return new Scenario(name, Workloads.JOURNEY, arrivals, Scenarios::allBought);
    }

    private static List<Check> allBought(Measured run) {
        return List.of(Expect.noFailure(run), Expect.allSettled(run), Expect.share(run, "order", ACCEPTED, 0.999));
    }

    /** A sale with units for a tenth of the crowd, which comes within the second of the opening. */
    private static Scenario saleOpens(ScenarioOptions options) {
        int visitors = options.visitorsOr(500);
        return new Scenario(
                "sale-opens",
                new SaleOpens(Math.max(1, visitors / 10)),
                Arrivals.within(visitors, Duration.ofSeconds(1)),
                run -> List.of(Expect.noFailure(run), Expect.allSettled(run)));
    }

    private static Scenario stampede(ScenarioOptions options) {
        return new Scenario(
                "stampede-after-sold-out",
                new AfterSoldOut(),
                Arrivals.constant(options.rateOr(40), options.lengthOr(60)),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.share(run, "join", SOLD_OUT, 0.999),
                        Expect.p99(run, "join", SOLD_OUT, 250),
                        Expect.share(run, "poll", ACCEPTED, 0.999)));
    }

    private static Scenario sine(ScenarioOptions options) {
        var length = options.lengthOr(120);
        double high = options.rateOr(40);
        return journeys("sine", Arrivals.wave(high / 10, high, length.dividedBy(2), length));
    }

    private static Scenario soak(ScenarioOptions options) {
        var arrivals = Arrivals.constant(options.rateOr(10), options.lengthOr(1_800));
        return new Scenario("soak", Workloads.JOURNEY, arrivals, run -> TrendCheck.added(allBought(run), run));
    }

    private static Scenario retryStorm(ScenarioOptions options) {
        return new Scenario(
                "retry-storm",
                new RetryStorm(),
                Arrivals.constant(options.rateOr(20), options.lengthOr(30)),
                run -> List.of(
                        Expect.noFailure(run), Expect.allSettled(run), Expect.share(run, "repeat", ACCEPTED, 0.999)));
    }

    private static Scenario bots(ScenarioOptions options) {
        return new Scenario(
                "bots",
                new Bots(),
                Arrivals.constant(options.rateOr(200), options.lengthOr(30)),
                run -> List.of(
                        Expect.share(run, "order", ACCEPTED, 0.99),
                        Expect.share(run, "bot", REFUSED, 0.25),
                        Expect.allSettled(run)));
    }

    private static Scenario lineHolders(ScenarioOptions options) {
        return new Scenario(
                "line-holders",
                new SseSubscribers(options.visitorsOr(500)),
                Arrivals.constant(options.rateOr(200), options.lengthOr(60)),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.share(run, "poll", ACCEPTED, 0.999),
                        Expect.share(run, "stream held", ACCEPTED, 0.999)));
    }

    /** Ten times the rate that the platform is known to hold, which is {@code --rate}. */
    private static Scenario overload(ScenarioOptions options) {
        double limit = options.rateOr(30);
        var flood = options.lengthOr(30);
        var workload = new Overload(limit, options.timesOr(OVERLOAD), flood);
        return new Scenario(
                "overload",
                workload,
                workload.arrivals(),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.allSettled(run),
                        Expect.perSecond(run, Overload.FLOOD, GOODPUT * limit),
                        Expect.p99(run, Overload.FLOOD, ACCEPTED, 500),
                        Expect.p99(run, Overload.FLOOD, REFUSED, 500),
                        Expect.share(run, Overload.AFTERWARDS, ACCEPTED, 0.999),
                        Expect.p99(run, Overload.AFTERWARDS, ACCEPTED, 250)));
    }

    /** Each visitor is a customer whose token no process has seen. */
    private static Scenario newcomers(ScenarioOptions options) {
        return new Scenario(
                "newcomers",
                Workloads.NEWCOMERS,
                Arrivals.constant(options.rateOr(20), options.lengthOr(30)),
                run -> List.of(Expect.noFailure(run), Expect.share(run, "join", ACCEPTED, 0.999)));
    }

    private static Scenario newcomersBuy(ScenarioOptions options) {
        return new Scenario(
                "newcomers-buy",
                Workloads.NEWCOMERS_BUY,
                Arrivals.constant(options.rateOr(20), options.lengthOr(30)),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.share(run, "join", ACCEPTED, 0.999),
                        Expect.share(run, "order", ACCEPTED, 0.999),
                        Expect.allSettled(run)));
    }

    private static Scenario replay(ScenarioOptions options) throws IOException {
        var log = AccessLog.read(options.log(), options.speed());
        return new Scenario("replay", new Replay(log), log.arrivals(), run -> List.of(Expect.noFailure(run)));
    }
}
