package com.flashsale.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.gateway.Heap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final Limit LIMIT = new Limit("test", 10, 3, 0);
    private static final long NOW = 1_000_000_000;
    private static final long TENTH = 100_000;

    private final LocalBuckets buckets = new LocalBuckets(settings(100));

    @Test
    void a_rested_caller_has_the_whole_burst() {
        assertThat(take("a", LIMIT, NOW).remaining()).isEqualTo(2);
        assertThat(take("a", LIMIT, NOW).remaining()).isEqualTo(1);
        assertThat(take("a", LIMIT, NOW).remaining()).isZero();
        assertThat(take("a", LIMIT, NOW)).isEqualTo(new Decision(false, 0, Duration.ofMillis(100)));
    }

    @Test
    void one_token_comes_back_in_each_interval() {
        for (var i = 0; i < 3; i++) {
            take("a", LIMIT, NOW);
        }

        assertThat(take("a", LIMIT, NOW + TENTH - 1).allowed()).isFalse();
        assertThat(take("a", LIMIT, NOW + TENTH).allowed()).isTrue();
        assertThat(take("a", LIMIT, NOW + TENTH).allowed()).isFalse();
    }

    @Test
    void a_long_rest_gives_no_more_than_the_burst() {
        take("a", LIMIT, NOW);
        var later = NOW + 1000 * TENTH;

        assertThat(take("a", LIMIT, later).remaining()).isEqualTo(2);
    }

    @Test
    void callers_and_limits_do_not_share_a_bucket() {
        for (var i = 0; i < 4; i++) {
            take("a", LIMIT, NOW);
        }

        assertThat(take("b", LIMIT, NOW).allowed()).isTrue();
        assertThat(take("a", new Limit("other", 10, 3, 0), NOW).allowed()).isTrue();
    }

    @Test
    void addresses_without_end_take_a_few_hundred_bytes_for_each_that_is_remembered() {
        var remembered = 20_000;
        var many = new LocalBuckets(settings(remembered));

        var grown = Heap.grownBy(() -> {
            for (var i = 0; i < 10 * remembered; i++) {
                many.bucket("2001:db8:1111:%x:0:0:0:0/64".formatted(i), LIMIT, NOW)
                        .take(NOW);
            }
        });

        assertThat(grown).isLessThan(remembered * 500L);
    }

    private static LimitSettings settings(int buckets) {
        return new LimitSettings(
                new LimitSettings.Pace(1, 1),
                new LimitSettings.Pace(200, 400),
                null,
                null,
                buckets,
                new LimitSettings.Redis("", 0, "", "", "", Duration.ZERO, Duration.ZERO));
    }

    @Test
    void the_first_tokens_are_told_with_the_next_and_only_once() {
        var limit = new Limit("test", 10, 8, 2);
        var bucket = buckets.bucket("a", limit, NOW);

        assertThat(bucket.tryDeferReport(bucket.take(NOW))).isTrue();
        assertThat(bucket.tryDeferReport(bucket.take(NOW))).isTrue();
        assertThat(bucket.tryDeferReport(bucket.take(NOW))).isFalse();
        assertThat(bucket.drainUnreported()).isEqualTo(2);
        assertThat(bucket.tryDeferReport(bucket.take(NOW))).isFalse();
        assertThat(bucket.drainUnreported()).isZero();
    }

    @Test
    void tokens_that_came_back_to_the_bucket_need_no_report() {
        var limit = new Limit("test", 10, 8, 2);
        var bucket = buckets.bucket("a", limit, NOW);
        for (var second = 0; second < 100; second++) {
            assertThat(bucket.tryDeferReport(bucket.take(NOW + second * 10 * TENTH)))
                    .isTrue();
        }

        assertThat(bucket.drainUnreported()).isOne();
    }

    @Test
    void signing_in_has_a_tenth_of_the_addresss_rate_unless_it_is_set() {
        var address = new LimitSettings.Pace(200, 400);
        var redis = new LimitSettings.Redis("", 0, "", "", "", Duration.ZERO, Duration.ZERO);

        assertThat(new LimitSettings(address, address, null, null, 1, redis).signIn())
                .isEqualTo(new LimitSettings.Pace(20, 60));
        assertThat(new LimitSettings(address, address, 7, 9, 1, redis).signIn())
                .isEqualTo(new LimitSettings.Pace(7, 9));
    }

    private Decision take(String key, Limit limit, long now) {
        return buckets.bucket(key, limit, now).take(now);
    }
}
