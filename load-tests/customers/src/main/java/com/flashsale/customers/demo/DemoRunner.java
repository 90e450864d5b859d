package com.flashsale.customers.demo;

import com.flashsale.customers.Counters.Count;
import com.flashsale.customers.Crowd;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches a sale and ends it. The sale ends when every unit is paid for and the rush is over, when every customer has a
 * final answer, or when its time is up. Then the runner waits until all customers know the result.
 */
final class DemoRunner {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final long SHOW_EVERY_MS = 1_000;

    /** Longer than the bound that is checked, so that a late answer differs from a missing one. */
    private static final Duration TELL_ALL = Duration.ofSeconds(45);

    private final Demo.Stage stage;
    private final Crowd crowd;
    private final SaleQueries books;
    private final Progress progress;
    private final Timeline timeline = new Timeline();
    private SaleResult.@Nullable Rush rush;
    private long shownAt = Long.MIN_VALUE / 2;

    DemoRunner(Demo.Stage stage, Crowd crowd, SaleQueries books, Progress progress) {
        this.stage = stage;
        this.crowd = crowd;
        this.books = books;
        this.progress = progress;
    }

    DemoRunData run() throws SQLException, InterruptedException {
        var plan = stage.plan();
        var latest = plan.longest().plus(plan.terms().times().opensIn());
        Double allPaid = null;
        while (!(allPaid != null && rush != null)
                && !crowd.allTold()
                && crowd.sinceRelease().compareTo(latest) < 0) {
            if (look().sold() == plan.units() && allPaid == null) {
                allPaid = seconds(sinceOpening());
            }
            crowd.awaitAll(LOOK_EVERY);
        }
        stage.operator().endSale(stage.saleId());
        var ended = crowd.sinceRelease();
        while (!crowd.allTold() && crowd.sinceRelease().minus(ended).compareTo(TELL_ALL) < 0) {
            look();
            crowd.awaitAll(LOOK_EVERY);
        }
        double tellAll = crowd.allTold() ? seconds(crowd.sinceRelease().minus(ended)) : TELL_ALL.toSeconds();
        shownAt = Long.MIN_VALUE / 2;
        look();
        return new DemoRunData(crowd.results(), timeline.looks(), rush(), allPaid, tellAll);
    }

    private Timeline.Look look() throws SQLException {
        noteRush();
        var counters = stage.shop().counters();
        var look = books.look(sinceOpening().toMillis(), counters.told());
        timeline.add(look);
        if (look.millis() - shownAt >= SHOW_EVERY_MS) {
            shownAt = look.millis();
            progress.show(look, counters);
        }
        return look;
    }

    /** The rush is over as soon as the first attempts of all customers are answered. */
    private void noteRush() {
        long firstAttempts = (long) crowd.customers() * stage.plan().settings().joinsPerCustomer();
        if (rush == null && stage.shop().counters().of(Count.JOINS) >= firstAttempts) {
            rush = rush();
        }
    }

    private SaleResult.Rush rush() {
        var known = rush;
        if (known != null) return known;
        long answered = stage.shop().counters().of(Count.JOINS);
        double seconds = seconds(crowd.sinceRelease());
        return new SaleResult.Rush(answered, seconds, Math.round(answered / Math.max(seconds, 0.001)));
    }

    private Duration sinceOpening() {
        return crowd.sinceRelease().minus(stage.plan().terms().times().opensIn());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
