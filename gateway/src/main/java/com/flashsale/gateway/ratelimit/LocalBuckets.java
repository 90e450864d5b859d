package com.flashsale.gateway.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Token buckets of this process. Each is the time at which it would be full again (GCRA): one number, one atomic step.
 */
@Component
class LocalBuckets {

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Cache<String, Bucket> buckets;

    LocalBuckets(LimitSettings settings) {
        buckets = Caffeine.newBuilder()
                .maximumSize(settings.localBuckets())
                .expireAfterAccess(IDLE)
                .build();
    }

    /** The bucket of one caller in this process. */
    static final class Bucket {

        private final Limit limit;
        private final AtomicLong fullAt;

        /** Tokens taken here and not yet reported to Redis. */
        private final AtomicInteger unreported = new AtomicInteger();

        private Bucket(Limit limit, long now) {
            this.limit = limit;
            fullAt = new AtomicLong(now);
        }

        Decision take() {
            return take(now());
        }

        Decision take(long now) {
            return take(now, limit.burst());
        }

        /** Takes a token without reporting it to Redis; null once the unreported allowance is used up. */
        @Nullable
        Decision takeUnreported() {
            var given = take(now(), limit.unreportedBurst());
            if (!given.allowed()) return null;
            countUnreported(given);
            return given;
        }

        /** Takes a token, unless more than {@code most} tokens would be taken then. */
        private Decision take(long now, int most) {
            var interval = Math.round(limit.intervalMicros());
            while (true) {
                var stored = fullAt.get();
                var after = Math.max(stored, now) + interval;
                var wait = after - interval * most - now;
                if (wait > 0) return new Decision(false, 0, Duration.of(wait, ChronoUnit.MICROS));
                if (!fullAt.compareAndSet(stored, after)) continue;
                return new Decision(true, (now + interval * limit.burst() - after) / interval, Duration.ZERO);
            }
        }

        /** Whether the token of this decision may stay unreported; if so, it is counted as unreported. */
        boolean tryDeferReport(Decision given) {
            if (taken(given) > limit.unreportedBurst()) return false;
            countUnreported(given);
            return true;
        }

        private void countUnreported(Decision given) {
            // tokens that have come back to the bucket in the meantime have come back in Redis too
            unreported.updateAndGet(before -> (int) Math.min(before + 1, taken(given)));
        }

        private long taken(Decision given) {
            return limit.burst() - given.remaining();
        }

        /** Tokens to report to Redis now; the count starts again at zero. */
        int drainUnreported() {
            return unreported.getAndSet(0);
        }
    }

    Bucket bucket(String key, Limit limit) {
        return bucket(key, limit, now());
    }

    Bucket bucket(String key, Limit limit, long now) {
        return buckets.get(limit.name() + ":" + key, _ -> new Bucket(limit, now));
    }

    /** Microseconds of the monotonic clock. */
    private static long now() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }
}
