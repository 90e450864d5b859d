package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.response.AccessLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Writes the log line and the timer of a request on a fast path, like those of the usual path. */
@Component
class FastPathRecorder {

    private static final String NONE = "none";
    private static final HttpMethod UNKNOWN = HttpMethod.valueOf("UNKNOWN");

    private final AccessLog accessLog;
    private final MeterRegistry meters;
    private final Counter all;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String method, String template, int status) {}

    FastPathRecorder(AccessLog accessLog, MeterRegistry meters) {
        this.accessLog = accessLog;
        this.meters = meters;
        all = meters.counter("gateway.early");
    }

    void write(FastPathRequest request, int status, long nanos) {
        all.increment();
        // a refusal for load is counted, and nothing more: in a flood the log would be most of the
        // work
        if (status == HttpStatus.SERVICE_UNAVAILABLE.value()) return;
        var endpoint = request.endpoint();
        // a client may invent methods; logs and meters need not know them all
        var method = HeadRules.isKnown(request.method().name()) ? request.method() : UNKNOWN;
        accessLog.write(method, endpoint, status, nanos, request.trace());
        timers.computeIfAbsent(new Kind(method.name(), endpoint.template(), status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * The timer has the tags of Spring's own, {@code DefaultServerRequestObservationConvention}, so that both are one.
     */
    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .tag("method", kind.method())
                .tag("uri", kind.template())
                .tag("status", Integer.toString(kind.status()))
                .tag("outcome", kind.status() < 400 ? "SUCCESS" : kind.status() < 500 ? "CLIENT_ERROR" : "SERVER_ERROR")
                .tag("exception", NONE)
                .tag("error", NONE)
                .register(meters);
    }
}
