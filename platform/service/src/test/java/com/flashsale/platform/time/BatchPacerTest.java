package com.flashsale.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchPacerTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void the_first_batch_waits_for_nothing_and_so_does_one_after_a_pause() {
        var pace = new BatchPacer(NEVER, () -> 1);
        pace.await();

        pace.reset();
        pace.await();
    }

    @Test
    void a_full_batch_does_not_wait() {
        var pace = new BatchPacer(NEVER, () -> 1);
        pace.await();

        pace.await(() -> true);
    }

    @Test
    void a_batch_that_becomes_full_while_it_waits_begins() {
        var pace = new BatchPacer(NEVER, () -> 1);
        pace.await();

        var looks = new AtomicInteger();
        pace.await(() -> looks.incrementAndGet() > 3);
        assertThat(looks).hasValue(4);
    }

    @Test
    void the_next_batch_begins_no_sooner_than_the_pace() {
        var apart = Duration.ofMillis(50);
        var pace = new BatchPacer(apart, () -> 1);
        pace.await();
        long begun = System.nanoTime();

        pace.await();

        assertThat(System.nanoTime() - begun).isGreaterThan(apart.minusMillis(1).toNanos());
    }

    @Test
    void a_busy_machine_keeps_batches_further_apart() {
        var apart = Duration.ofMillis(20);
        var pace = new BatchPacer(apart, () -> 2);
        pace.await();
        long begun = System.nanoTime();

        pace.await();

        assertThat(System.nanoTime() - begun)
                .isGreaterThan(apart.multipliedBy(2).minusMillis(1).toNanos());
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_kept() throws Exception {
        var ended = new CountDownLatch(1);
        var waiting = Thread.ofPlatform().start(() -> {
            var pace = new BatchPacer(NEVER, () -> 1);
            pace.await();
            pace.await();
            if (Thread.currentThread().isInterrupted()) ended.countDown();
        });

        waiting.interrupt();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
