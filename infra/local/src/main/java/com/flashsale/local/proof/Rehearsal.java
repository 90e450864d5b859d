package com.flashsale.local.proof;

import com.flashsale.client.api.Account;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Operator;
import com.flashsale.client.api.SmokePurchase;
import com.flashsale.client.api.SyntheticShoppers;
import com.flashsale.client.api.UnexpectedAnswer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A crowd of new customers that buys in an unlisted sale before READY. A young JVM interprets its first calls, each at
 * many times its later cost. Without a rehearsal the first real customers would wait for that.
 */
final class Rehearsal {

    private static final int CUSTOMERS = 250;

    /** Enough to keep two cores busy; more would only wait for each other. */
    private static final int AT_ONCE = 24;

    /** For one purchase, since a busy machine may need longer than the rehearsal itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * @param bought purchases from the join to PAID
     * @param failed purchases that ended otherwise; the proof of a single purchase has succeeded before
     */
    record Result(int bought, int failed, Duration time) {

        String line() {
            var text = "%d purchases by new customers in %.1f s".formatted(bought, time.toMillis() / 1000.0);
            return failed == 0 ? text : text + ", and %d that failed".formatted(failed);
        }
    }

    private final Api api;
    private final Operator operator;
    private final SyntheticShoppers shoppers;

    Rehearsal(Api api, Operator operator, SyntheticShoppers shoppers) {
        this.api = api;
        this.operator = operator;
        this.shoppers = shoppers;
    }

    /** @param longest no purchase begins after this time */
    Result run(Duration longest) {
        long begun = System.nanoTime();
        var customers = new ConcurrentLinkedQueue<>(shoppers.create(CUSTOMERS));
        var terms = new Operator.Terms(CUSTOMERS, 1.0, Operator.Times.usual());
        var sale = operator.openUnlistedSale("Rehearsal at start-up", terms);
        long end = begun + longest.toNanos();
        var bought = new AtomicInteger();
        var failed = new AtomicInteger();
        try (var visits = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                visits.execute(() -> {
                    for (var next = next(customers, end); next != null; next = next(customers, end)) {
                        (buys(next, sale) ? bought : failed).incrementAndGet();
                    }
                });
            }
        }
        operator.endSale(sale);
        return new Result(bought.get(), failed.get(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private static @Nullable Account next(Queue<Account> customers, long end) {
        return System.nanoTime() < end && !Thread.currentThread().isInterrupted() ? customers.poll() : null;
    }

    private boolean buys(Account customer, String sale) {
        try {
            new SmokePurchase(api, customer, sale, PATIENCE).buy();
            return true;
        } catch (UnexpectedAnswer refused) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
