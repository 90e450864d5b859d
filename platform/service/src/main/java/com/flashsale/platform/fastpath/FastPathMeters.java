package com.flashsale.platform.fastpath;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures a request on the fast path like Spring does on the usual path, so that boards and alerts see both as one.
 */
final class FastPathMeters {

    private static final String NONE = "none";

    private record Answered(String method, String path, int status) {}

    private final MeterRegistry meters;
    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> passedOn = new ConcurrentHashMap<>();

    FastPathMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void answered(FastRoute<?> route, int status, long nanos) {
        timers.computeIfAbsent(new Answered(route.method(), route.path(), status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A request of this route that goes the usual way. The timer counts it there. */
    void passedOn(FastRoute<?> route) {
        passedOn.computeIfAbsent(
                        route.path(),
                        path -> Counter.builder("fast.path.passed.on")
                                .description("Requests that the fast path left to the usual way")
                                .tag("uri", path)
                                .register(meters))
                .increment();
    }

    /** The tags of Spring's {@code DefaultServerRequestObservationConvention}. */
    private Timer timer(Answered answered) {
        return Timer.builder("http.server.requests")
                .tag("method", answered.method())
                .tag("uri", answered.path())
                .tag("status", Integer.toString(answered.status()))
                .tag("outcome", Outcome.forStatus(answered.status()).name())
                .tag("exception", NONE)
                .tag("error", NONE)
                .register(meters);
    }
}
