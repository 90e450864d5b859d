package com.flashsale.customers.demo;

import com.flashsale.audit.Audit;
import com.flashsale.audit.AuditWatch;
import com.flashsale.audit.Findings;
import com.flashsale.audit.Quiescence;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.Console;
import com.flashsale.client.api.Account;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.api.Operator;
import com.flashsale.client.api.SyntheticShoppers;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.Databases;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.customers.Crowd;
import com.flashsale.customers.OrderHistory;
import com.flashsale.customers.Population;
import com.flashsale.customers.Shop;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Plays a sale with more customers than units through the public API alone, then looks into the books: was every unit
 * sold once, was everybody told, does every invariant hold?
 */
public final class Demo {

    /**
     * Longer than a charge may be under way. After a kill, order-service gives up a charge that the provider does not
     * know when 60 s have passed, and it looks every 30 s at least.
     */
    private static final Duration QUIET_PATIENCE = Duration.ofSeconds(100);

    private static final Duration SETTLING = Duration.ofSeconds(15);

    private final Context context;
    private final Console console;

    public Demo(Context context, Console console) {
        this.context = context;
        this.console = console;
    }

    public DemoResult run(SalePlan plan, PlatformState platform, RunDirectory directory)
            throws SQLException, IOException, InterruptedException {
        try (var api = new Api(context.gatewayUrl());
                var databases = directory.databases(context);
                var history = OrderHistory.at(directory.history(), Clock.systemUTC())) {
            var tokens = new MachineTokens(api);
            var operator =
                    new Operator(api, tokens.of("operator", context.secrets().password("client.operator")));
            console.say("sale", "making %d customers".formatted(plan.customers()));
            var accounts = new SyntheticShoppers(
                            api, tokens.of("load-test", context.secrets().password("client.load-test")))
                    .create(plan.customers());
            var population = Population.draw(plan.seed(), plan.customers(), plan.habits());
            console.say("sale", "seed %d draws %s".formatted(plan.seed(), population.counts()));
            var traffic = OrderTraffic.read(platform);
            var saleId = operator.openSale(plan.product(), plan.terms());
            try (var watch = AuditWatch.start(context);
                    var shop = Shop.open(api, saleId, plan.settings(), history)) {
                var course = play(new Stage(plan, operator, saleId, shop), databases, accounts, population);
                var posts = OrderTraffic.read(platform).since(traffic);
                var books = books(saleId, new Sources(databases, course, watch.stop()), posts);
                return DemoResult.of(
                        new DemoResult.Seen(plan, saleId, population, shop.counters(), course, books, platform));
            }
        }
    }

    /** Everything that one sale is played with. */
    record Stage(SalePlan plan, Operator operator, String saleId, Shop shop) {}

    private DemoRunData play(Stage stage, Databases databases, List<Account> accounts, Population population)
            throws SQLException, InterruptedException {
        var plan = stage.plan();
        console.say(
                "sale",
                "%d units for %d customers; opens in %d s, it is theirs"
                        .formatted(
                                plan.units(),
                                plan.customers(),
                                plan.terms().times().opensIn().toSeconds()));
        var patience = plan.longest().multipliedBy(2);
        try (var crowd = Crowd.release(stage.shop(), accounts, population, patience)) {
            return new DemoRunner(stage, crowd, new SaleQueries(databases, stage.saleId()), new Progress(console, plan))
                    .run();
        }
    }

    /** Where the figures of the aftermath come from. */
    private record Sources(Databases databases, DemoRunData course, Findings watched) {}

    private FinalState books(String saleId, Sources sources, OrderTraffic.Posts posts)
            throws SQLException, InterruptedException {
        console.say("audit", "waiting until nothing is on its way, then checking every invariant");
        var databases = sources.databases();
        var timeline = sources.course().timeline();
        boolean quiet = new Quiescence(databases).await(QUIET_PATIENCE);
        var books = new SaleQueries(databases, saleId);
        try (var evidence = Evidence.of(context)) {
            return new FinalState(
                    books.sold(),
                    books.freed(),
                    books.oversold(),
                    posts.known(),
                    posts.restarted(),
                    Fairness.inversions(databases, saleId, timeline),
                    timeline.stream().mapToLong(Timeline.Look::promised).max().orElse(0),
                    books.unclosed(),
                    sources.course().secondsToTellAll(),
                    quiet,
                    books.orders(),
                    new Audit(evidence, Clock.systemUTC(), SETTLING).run(),
                    sources.watched());
        }
    }
}
