package com.flashsale.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.ThrowawayEngines;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisBucketsIT {

    /** A limit so slow that no token comes back while a test runs. */
    private static final Limit FIVE = new Limit("five", 1, 5, 0);

    private static ThrowawayEngines engines;
    private static RedisBuckets one;
    private static RedisBuckets other;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void connect() throws IOException {
        engines = new ThrowawayEngines();
        one = connectedAs("");
        other = connectedAs("default");
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        engines.close();
    }

    @Test
    void two_gateways_share_one_bucket() {
        for (var left = 4; left >= 0; left--) {
            var decision = (left % 2 == 0 ? one : other).take(key, FIVE, 0).block();
            assertThat(decision).isEqualTo(new Decision(true, left, Duration.ZERO));
        }
        assertThat(one.take(key, FIVE, 0).block()).returns(false, Decision::allowed);
        assertThat(other.take(key, FIVE, 0).block()).returns(false, Decision::allowed);
    }

    @Test
    void a_refused_caller_learns_how_long_to_wait() {
        for (var i = 0; i < 5; i++) {
            one.take(key, FIVE, 0).block();
        }

        assertThat(one.take(key, FIVE, 0).block().pause()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void tokens_given_without_redis_count_when_they_are_reported() {
        assertThat(one.take(key, FIVE, 2).block()).isEqualTo(new Decision(true, 2, Duration.ZERO));
        assertThat(other.take(key, FIVE, 1).block()).isEqualTo(new Decision(true, 0, Duration.ZERO));
        assertThat(one.take(key, FIVE, 0).block()).returns(false, Decision::allowed);
    }

    @Test
    void a_refused_request_still_reports_its_tokens() {
        assertThat(one.take(key, FIVE, 9).block()).returns(false, Decision::allowed);
        assertThat(other.take(key, FIVE, 0).block()).returns(false, Decision::allowed);
    }

    @Test
    void a_bucket_fills_at_its_rate() {
        var quick = new Limit("quick", 100, 1, 0);
        one.take(key, quick, 0).block();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> one.take(key, quick, 0).block().allowed());
    }

    private static RedisBuckets connectedAs(String user) throws IOException {
        var redis = new LimitSettings.Redis(
                "127.0.0.1",
                engines.redis().port(),
                user,
                engines.redis().password(),
                "",
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
        var pace = new LimitSettings.Pace(1, 1);
        var buckets = new RedisBuckets(new LimitSettings(pace, pace, null, null, 10, redis));
        buckets.connect();
        return buckets;
    }
}
