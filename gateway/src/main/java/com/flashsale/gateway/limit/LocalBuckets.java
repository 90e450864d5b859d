package com.flashsale.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Token buckets of this process, kept as the time at which a bucket would be full again (GCRA): one number, one atomic step. */
@Component
class LocalBuckets {

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Cache<String, AtomicLong> fullAt;

    LocalBuckets(LimitSettings settings) {
        fullAt = Caffeine.newBuilder()
                .maximumSize(settings.localBuckets())
                .expireAfterAccess(IDLE)
                .build();
    }

    Decision take(String key, Limit limit) {
        return take(key, limit, TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    Decision take(String key, Limit limit, long now) {
        var bucket = fullAt.get(limit.name() + ":" + key, _ -> new AtomicLong(now));
        var interval = Math.round(limit.intervalMicros());
        var depth = interval * limit.burst();
        while (true) {
            var stored = bucket.get();
            var after = Math.max(stored, now) + interval;
            var wait = after - depth - now;
            if (wait > 0) return new Decision(false, 0, Duration.of(wait, ChronoUnit.MICROS));
            if (bucket.compareAndSet(stored, after)) return new Decision(true, -wait / interval, Duration.ZERO);
        }
    }
}
