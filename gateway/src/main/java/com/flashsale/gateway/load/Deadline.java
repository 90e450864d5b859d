package com.flashsale.gateway.load;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Time limits that are nearly never reached, and set several times for each request: kept in a timing wheel (Varghese and Lauck, 1987), in
 * which setting and lifting one costs the same however many there are, and wakes no thread. Reached up to a tenth of a second late.
 */
public final class Deadline {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final HashedWheelTimer WHEEL =
            new HashedWheelTimer(new DefaultThreadFactory("deadlines", true), TICK.toMillis(), TimeUnit.MILLISECONDS);

    private Deadline() {}

    /** The same work, cancelled and ended with a {@link TimeoutException} when nothing has come of it in time. */
    public static <T> Mono<T> within(Duration limit, Mono<T> work) {
        // a fallback of our own: without one, each subscription puts together the text of an exception that nobody sees
        return work.timeout(bell(limit), Mono.error(TimeoutException::new));
    }

    private static Mono<Void> bell(Duration after) {
        return Mono.create(bell -> {
            // what follows may be long, and the wheel has one thread
            var timeout = WHEEL.newTimeout(
                    _ -> Schedulers.parallel().schedule(bell::success), after.toMillis(), TimeUnit.MILLISECONDS);
            bell.onDispose(timeout::cancel);
        });
    }
}
