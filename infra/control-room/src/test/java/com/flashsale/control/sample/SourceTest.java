package com.flashsale.control.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SourceTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void a_reader_that_hangs_is_not_started_twice() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var reads = new AtomicInteger();
        var hangs = new CountDownLatch(1);
        var source = new Source<>(
                "test",
                () -> {
                    reads.incrementAndGet();
                    begun.countDown();
                    hangs.await();
                    return "late";
                },
                LONG);
        source.begin();
        begun.await();
        source.begin();

        assertThat(source.fresh()).isNull();
        assertThat(source.failure()).isEqualTo("not read yet");
        assertThat(reads).hasValue(1);

        hangs.countDown();
        source.await(LONG);
        assertThat(source.fresh()).isNotNull().extracting(Source.Reading::value).isEqualTo("late");
    }

    @Test
    void a_reading_that_is_young_enough_is_not_repeated_and_a_failed_one_is() throws InterruptedException {
        var reads = new AtomicInteger();
        var source = new Source<>(
                "test",
                () -> {
                    if (reads.incrementAndGet() == 1) throw new IOException("connection refused");
                    return "figure";
                },
                LONG,
                LONG);
        for (int i = 0; i < 4; i++) {
            source.begin();
            source.await(LONG);
        }

        assertThat(reads).hasValue(2);
        assertThat(source.fresh()).isNotNull().extracting(Source.Reading::value).isEqualTo("figure");
    }

    @Test
    void a_failure_leaves_the_last_reading_until_it_is_old() throws InterruptedException {
        var fails = new AtomicInteger();
        var source = new Source<>(
                "test",
                () -> {
                    if (fails.get() == 1) throw new IOException("connection refused");
                    return "figure";
                },
                Duration.ofMillis(1));
        source.begin();
        source.await(LONG);
        fails.set(1);
        source.begin();
        source.await(LONG);
        long read = System.nanoTime();
        while (System.nanoTime() - read < Duration.ofMillis(2).toNanos()) Thread.onSpinWait();

        assertThat(source.fresh()).isNull();
        assertThat(source.failure()).isEqualTo("connection refused");
    }
}
