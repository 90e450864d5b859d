package com.flashsale.load.story;

import static com.flashsale.load.inject.Ending.ACCEPTED;
import static com.flashsale.load.inject.Ending.REFUSED;
import static com.flashsale.load.inject.Ending.SOLD_OUT;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.result.Result.Check;
import com.flashsale.load.scene.Measured;
import com.flashsale.load.scene.Scenes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All stories by name. */
public final class Stories {

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
            "overload");

    /** The settings that a caller may change; zero or null stands for the usual value. */
    public record Wishes(double rate, double times, Duration length, int visitors, double speed, Path log) {

        double rateOr(double usual) {
            return rate > 0 ? rate : usual;
        }

        double timesOr(double usual) {
            return times > 0 ? times : usual;
        }

        Duration lengthOr(int seconds) {
            return length.isZero() ? Duration.ofSeconds(seconds) : length;
        }

        int visitorsOr(int usual) {
            return visitors > 0 ? visitors : usual;
        }
    }

    private static final double OVERLOAD = 10;

    /** The share of the limit that the platform must still do under overload. */
    private static final double GOODPUT = 0.9;

    private Stories() {}

    public static Story named(String name, Wishes wishes) throws IOException {
        return switch (name) {
            case "smoke" -> smoke(wishes);
            case "sale-opens" -> saleOpens(wishes);
            case "stampede-after-sold-out" -> stampede(wishes);
            case "steady" -> journeys(name, Arrivals.constant(wishes.rateOr(20), wishes.lengthOr(60)));
            case "sine" -> sine(wishes);
            case "soak" -> soak(wishes);
            case "retry-storm" -> retryStorm(wishes);
            case "bots" -> bots(wishes);
            case "line-holders" -> lineHolders(wishes);
            case "replay" -> replay(wishes);
            case "overload" -> overload(wishes);
            default -> throw new IllegalArgumentException("There is no story " + name + ". There are " + NAMES);
        };
    }

    private static Story smoke(Wishes wishes) {
        var arrivals = Arrivals.within(wishes.visitorsOr(20), Duration.ofSeconds(1));
        return new Story("smoke", Scenes.JOURNEY, arrivals, Stories::allBought);
    }

    private static Story journeys(String name, Arrivals arrivals) {
        return new Story(name, Scenes.JOURNEY, arrivals, Stories::allBought);
    }

    private static List<Check> allBought(Measured run) {
        return List.of(Expect.noFailure(run), Expect.allSettled(run), Expect.share(run, "order", ACCEPTED, 0.999));
    }

    /** A sale with units for a tenth of the crowd, which comes within the second of the opening. */
    private static Story saleOpens(Wishes wishes) {
        int visitors = wishes.visitorsOr(2_000);
        return new Story(
                "sale-opens",
                new SaleOpens(Math.max(1, visitors / 10)),
                Arrivals.within(visitors, Duration.ofSeconds(1)),
                run -> List.of(Expect.noFailure(run), Expect.allSettled(run)));
    }

    private static Story stampede(Wishes wishes) {
        return new Story(
                "stampede-after-sold-out",
                new AfterSoldOut(),
                Arrivals.constant(wishes.rateOr(200), wishes.lengthOr(60)),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.share(run, "join", SOLD_OUT, 0.999),
                        Expect.p99(run, "join", SOLD_OUT, 250),
                        Expect.share(run, "poll", ACCEPTED, 0.999)));
    }

    private static Story sine(Wishes wishes) {
        var length = wishes.lengthOr(120);
        double high = wishes.rateOr(40);
        return journeys("sine", Arrivals.wave(high / 10, high, length.dividedBy(2), length));
    }

    private static Story soak(Wishes wishes) {
        var arrivals = Arrivals.constant(wishes.rateOr(10), wishes.lengthOr(1_800));
        return new Story("soak", Scenes.JOURNEY, arrivals, run -> Flatness.added(allBought(run), run));
    }

    private static Story retryStorm(Wishes wishes) {
        return new Story(
                "retry-storm",
                new RetryStorm(),
                Arrivals.constant(wishes.rateOr(20), wishes.lengthOr(30)),
                run -> List.of(
                        Expect.noFailure(run), Expect.allSettled(run), Expect.share(run, "repeat", ACCEPTED, 0.999)));
    }

    private static Story bots(Wishes wishes) {
        return new Story(
                "bots",
                new Bots(),
                Arrivals.constant(wishes.rateOr(200), wishes.lengthOr(30)),
                run -> List.of(
                        Expect.share(run, "order", ACCEPTED, 0.99),
                        Expect.share(run, "bot", REFUSED, 0.25),
                        Expect.allSettled(run)));
    }

    private static Story lineHolders(Wishes wishes) {
        return new Story(
                "line-holders",
                new LineHolders(wishes.visitorsOr(500)),
                Arrivals.constant(wishes.rateOr(200), wishes.lengthOr(60)),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.share(run, "poll", ACCEPTED, 0.999),
                        Expect.share(run, "stream held", ACCEPTED, 0.999)));
    }

    /** Ten times the rate that the platform is known to hold, which is {@code --rate}. */
    private static Story overload(Wishes wishes) {
        double limit = wishes.rateOr(50);
        var flood = wishes.lengthOr(60);
        var scene = new Overload(limit, wishes.timesOr(OVERLOAD), flood);
        return new Story(
                "overload",
                scene,
                scene.arrivals(),
                run -> List.of(
                        Expect.noFailure(run),
                        Expect.allSettled(run),
                        Expect.perSecond(run, Overload.FLOOD, flood, GOODPUT * limit),
                        Expect.p99(run, Overload.FLOOD, ACCEPTED, 500),
                        Expect.p99(run, Overload.FLOOD, REFUSED, 500),
                        Expect.share(run, Overload.AFTERWARDS, ACCEPTED, 0.999),
                        Expect.p99(run, Overload.AFTERWARDS, ACCEPTED, 250)));
    }

    private static Story replay(Wishes wishes) throws IOException {
        var log = AccessLog.read(wishes.log(), wishes.speed());
        return new Story("replay", new Replay(log), log.arrivals(), run -> List.of(Expect.noFailure(run)));
    }
}
