package com.flashsale.gateway.reactive;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Time limits that are set several times for each request and almost never reached. They live in a timing wheel
 * (Varghese and Lauck, 1987): setting or lifting one has constant cost and wakes no thread. A limit fires up to a tenth
 * of a second late.
 */
public final class Timeouts {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final HashedWheelTimer WHEEL =
            new HashedWheelTimer(new DefaultThreadFactory("deadlines", true), TICK.toMillis(), TimeUnit.MILLISECONDS);

    private Timeouts() {}

    /** The same work, cancelled and ended with a {@link TimeoutException} when it has no result in time. */
    public static <T> Mono<T> within(Duration limit, Mono<T> work) {
        // a fallback of our own: the default one builds the text of an unused exception for each
        // subscription
        return work.timeout(bell(limit), Mono.error(TimeoutException::new));
    }

    /** Runs a task on an executor when the time has passed, unless the result is cancelled before. */
    public static Timeout after(Duration limit, Executor executor, Runnable task) {
        return WHEEL.newTimeout(_ -> executor.execute(task), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Mono<Void> bell(Duration after) {
        return Mono.create(bell -> {
            // the work that follows may be long, and the wheel has one thread
            var timeout = WHEEL.newTimeout(
                    _ -> Schedulers.parallel().schedule(bell::success), after.toMillis(), TimeUnit.MILLISECONDS);
            bell.onDispose(timeout::cancel);
        });
    }
}
