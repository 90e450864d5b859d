package com.flashsale.catalog.reading;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadCacheTest {

    private static final int CROWD = 200;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final long BYTES = 1 << 20;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger entered = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void all_who_miss_wait_for_the_same_read() {
        var cache = cache(_ -> reads.incrementAndGet());
        assertThat(allAtOnce(CROWD, () -> cache.get("key"))).containsOnly(1);
    }

    @Test
    void a_failure_is_shared_but_not_remembered() {
        var cache = cache(_ -> {
            if (reads.incrementAndGet() == 1) throw slowFailure();
            return reads.get();
        });
        release.countDown();

        var failure = catchThrowable(() -> cache.get("key"));

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("no database");
        assertThat(cache.get("key")).isEqualTo(2);
    }

    @Test
    void a_crowd_before_a_broken_database_is_told_after_one_attempt_not_after_one_each() {
        var cache = cache(_ -> {
            reads.incrementAndGet();
            throw slowFailure();
        });

        var outcomes = allAtOnce(CROWD, () -> {
            if (entered.incrementAndGet() == CROWD) release.countDown();
            return catchThrowable(() -> cache.get("key"));
        });

        assertThat(outcomes).hasSize(CROWD).doesNotContainNull();
        assertThat(reads.get()).isLessThan(CROWD / 2);
    }

    @Test
    void a_reader_that_has_waited_long_enough_is_told_to_come_again() {
        var cache = cache(_ -> {
            awaitRelease();
            return 1;
        });

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> cache.get("key"))
                .satisfies(problem -> assertThat(problem.type().status()).isEqualTo(503));
        release.countDown();
    }

    @Test
    void a_value_that_was_changed_here_is_read_again() {
        var cache = cache(_ -> reads.incrementAndGet());
        assertThat(cache.get("key")).isEqualTo(1);
        cache.forget("key");
        assertThat(cache.get("key")).isEqualTo(2);
        cache.forgetAll();
        assertThat(cache.get("key")).isEqualTo(3);
    }

    @Test
    void large_keys_do_not_fill_the_heap_although_their_values_are_nothing() {
        var meters = new SimpleMeterRegistry();
        var cache = new ReadCache.Definition<String, Integer>(
                        "test", _ -> reads.incrementAndGet(), (key, _) -> 2 * key.length())
                .build(new CacheSettings(Duration.ofSeconds(1), Duration.ofSeconds(20), BYTES), meters);

        for (int i = 0; i < 1_000; i++) cache.get(i + "x".repeat(10_000));

        await().untilAsserted(() ->
                assertThat(meters.get("cache.size").gauge().value()).isBetween(0.0, BYTES / 20_000.0));
    }

    @Test
    void old_values_leave_the_heap_although_no_reader_comes_again() {
        var meters = new SimpleMeterRegistry();
        var cache = new ReadCache.Definition<String, Integer>("test", _ -> reads.incrementAndGet(), (_, _) -> 1)
                .build(new CacheSettings(Duration.ofMillis(100), PATIENCE, BYTES), meters);

        for (int i = 0; i < 10; i++) cache.get("key-" + i);

        await().untilAsserted(() ->
                assertThat(meters.get("cache.size").gauge().value()).isZero());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1_001})
    void an_answer_older_than_a_second_is_not_configurable(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CacheSettings(Duration.ofMillis(millis), PATIENCE, BYTES));
    }

    private IllegalStateException slowFailure() {
        awaitRelease();
        return new IllegalStateException("no database");
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static ReadCache<String, Integer> cache(Function<String, Integer> read) {
        return new ReadCache.Definition<>("test", read, (_, _) -> 1)
                .build(new CacheSettings(Duration.ofSeconds(1), PATIENCE, BYTES), new SimpleMeterRegistry());
    }
}
