package com.flashsale.platform.test;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The requests that a service has counted in {@code http.server.requests}, by all tags of the timer. */
public record CountedRequests(Map<String, Long> byTags) {

    public static CountedRequests of(MeterRegistry meters) {
        return new CountedRequests(meters.find("http.server.requests").timers().stream()
                .collect(Collectors.toMap(CountedRequests::tags, Timer::count, Long::sum, TreeMap::new)));
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
