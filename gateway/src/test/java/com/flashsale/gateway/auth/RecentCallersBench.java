package com.flashsale.gateway.auth;

import com.flashsale.gateway.auth.Caller.Known;
import com.flashsale.platform.test.InterleavedBenchmark;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@link RecentCallers} against Caffeine with the same number of entries: the share of returning customers that each
 * remembers, and the lookups a second. It is no test and judges nothing. By {@code ./flashsale test -pl gateway -am
 * -Dtest=RecentCallersBench -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RecentCallersBench {

    private static final int ENTRIES = 100_000;
    private static final int CUSTOMERS = 400_000;

    /** Customers that arrive between two requests of one customer. */
    private static final int[] GAPS = {5_000, 15_000, 25_000};

    private static final int BATCH = 10_000;

    private interface Callers {

        @Nullable
        Known find(String hash);

        void remember(String hash, Known caller);
    }

    @Test
    void share_of_returning_customers_and_lookups_a_second() throws Exception {
        for (var gap : GAPS) {
            System.out.printf(
                    "%6d customers between two requests: two generations %5.1f %%, Caffeine %5.1f %%%n",
                    gap, shareRemembered(generations(), gap), shareRemembered(caffeine(), gap));
        }
        var generations = filled(generations());
        var caffeine = filled(caffeine());
        new InterleavedBenchmark()
                .add("Caffeine: lookups", () -> lookUp(caffeine))
                .add("two generations: lookups", () -> lookUp(generations))
                .measure(Duration.ofSeconds(3), Duration.ofSeconds(2), 5);
    }

    /** Yesterday's callers came often. Each customer of today's crowd sends four requests, and the first is new. */
    private static double shareRemembered(Callers callers, int gap) {
        for (var visit = 0; visit < 5; visit++) {
            for (var caller = 0; caller < ENTRIES; caller++) meet(callers, "yesterday-" + caller);
        }
        var remembered = 0;
        var returned = 0;
        for (var step = 0; step < CUSTOMERS; step++) {
            meet(callers, "today-" + step);
            for (var request = 1; request <= 3; request++) {
                var customer = step - request * gap;
                if (customer < 0) continue;
                returned++;
                if (meet(callers, "today-" + customer)) remembered++;
            }
        }
        return 100.0 * remembered / returned;
    }

    private static boolean meet(Callers callers, String hash) {
        if (callers.find(hash) != null) return true;
        callers.remember(hash, caller(hash));
        return false;
    }

    private static Callers filled(Callers callers) {
        for (var caller = 0; caller < ENTRIES / 2; caller++) meet(callers, "caller-" + caller);
        return callers;
    }

    private static long lookUp(Callers callers) {
        for (var caller = 0; caller < BATCH; caller++) {
            if (callers.find("caller-" + caller) == null) throw new IllegalStateException("forgotten: " + caller);
        }
        return BATCH;
    }

    private static Callers generations() {
        var callers = new RecentCallers(ENTRIES / 2);
        return callers(callers::find, callers::remember);
    }

    private static Callers caffeine() {
        Cache<String, Known> cache = Caffeine.newBuilder()
                .maximumSize(ENTRIES)
                .executor(Runnable::run)
                .build();
        return callers(cache::getIfPresent, cache::put);
    }

    private static Callers callers(Function<String, @Nullable Known> find, BiConsumer<String, Known> remember) {
        return new Callers() {
            @Override
            public @Nullable Known find(String hash) {
                return find.apply(hash);
            }

            @Override
            public void remember(String hash, Known caller) {
                remember.accept(hash, caller);
            }
        };
    }

    private static Known caller(String hash) {
        return new Known(hash, "key", Instant.MAX, true, false, null);
    }
}
