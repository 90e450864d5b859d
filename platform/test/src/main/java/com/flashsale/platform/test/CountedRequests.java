package com.flashsale.platform.test;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The requests that a service has counted in {@code http.server.requests}, by all tags of the timer. */
public record CountedRequests(Map<String, Long> byTags) {

    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static CountedRequests of(MeterRegistry meters) {
        return new CountedRequests(meters.find("http.server.requests").timers().stream()
                .collect(Collectors.toMap(CountedRequests::tags, Timer::count, Long::sum, TreeMap::new)));
    }

    /** The requests so far, once the last one is counted as well: a service answers first, and counts after it. */
    public static CountedRequests settled(MeterRegistry meters) {
        var before = new AtomicReference<CountedRequests>();
        await().during(QUIET).atMost(PATIENCE).until(() -> of(meters).equals(before.getAndSet(of(meters))));
        return of(meters);
    }

    /** Those that came since then. */
    public CountedRequests since(CountedRequests earlier) {
        var left = new TreeMap<>(byTags);
        earlier.byTags.forEach((tags, count) -> left.merge(tags, -count, Long::sum));
        left.values().removeIf(count -> count == 0);
        return new CountedRequests(left);
    }

    private static String tags(Timer timer) {
        return timer.getId().getTags().stream().map(Tag::toString).sorted().collect(Collectors.joining(" "));
    }
}
