package com.flashsale.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final Limit LIMIT = new Limit("test", 10, 3);
    private static final long NOW = 1_000_000_000;
    private static final long TENTH = 100_000;

    private final LocalBuckets buckets = new LocalBuckets(new LimitSettings(
            new LimitSettings.Pace(1, 1),
            new LimitSettings.Pace(200, 400),
            null,
            null,
            100,
            new LimitSettings.Redis("", 0, "", "", "", Duration.ZERO, Duration.ZERO)));

    @Test
    void a_rested_caller_has_the_whole_burst() {
        assertThat(buckets.take("a", LIMIT, NOW).remaining()).isEqualTo(2);
        assertThat(buckets.take("a", LIMIT, NOW).remaining()).isEqualTo(1);
        assertThat(buckets.take("a", LIMIT, NOW).remaining()).isZero();
        assertThat(buckets.take("a", LIMIT, NOW)).isEqualTo(new Decision(false, 0, Duration.ofMillis(100)));
    }

    @Test
    void one_token_comes_back_in_each_interval() {
        for (var i = 0; i < 3; i++) {
            buckets.take("a", LIMIT, NOW);
        }

        assertThat(buckets.take("a", LIMIT, NOW + TENTH - 1).allowed()).isFalse();
        assertThat(buckets.take("a", LIMIT, NOW + TENTH).allowed()).isTrue();
        assertThat(buckets.take("a", LIMIT, NOW + TENTH).allowed()).isFalse();
    }

    @Test
    void a_long_rest_gives_no_more_than_the_burst() {
        buckets.take("a", LIMIT, NOW);
        var later = NOW + 1000 * TENTH;

        assertThat(buckets.take("a", LIMIT, later).remaining()).isEqualTo(2);
    }

    @Test
    void callers_and_limits_do_not_share_a_bucket() {
        for (var i = 0; i < 4; i++) {
            buckets.take("a", LIMIT, NOW);
        }

        assertThat(buckets.take("b", LIMIT, NOW).allowed()).isTrue();
        assertThat(buckets.take("a", new Limit("other", 10, 3), NOW).allowed()).isTrue();
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
}
