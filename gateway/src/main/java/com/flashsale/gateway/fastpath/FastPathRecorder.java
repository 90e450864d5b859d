package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.response.AccessLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.SignalType;

/** Writes the log line and the timer of a request on a fast path, like those of the usual path. */
@Component
public class FastPathRecorder {

    private static final String NONE = "none";
    private static final int ABORTED = 0;
    private static final HttpMethod UNKNOWN = HttpMethod.valueOf("UNKNOWN");

    private final AccessLog accessLog;
    private final MeterRegistry meters;
    private final Counter answered;
    private final Counter forwarded;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String method, String template, int status) {}

    FastPathRecorder(AccessLog accessLog, MeterRegistry meters) {
        this.accessLog = accessLog;
        this.meters = meters;
        answered = meters.counter("gateway.early");
        forwarded = meters.counter("gateway.forwarded");
    }

    void write(FastPathRequest request, int status, long nanos) {
        answered.increment();
        // a refusal for load is counted, and nothing more: in a flood the log would be most of the
        // work
        if (status == HttpStatus.SERVICE_UNAVAILABLE.value()) return;
        record(request, status, nanos, null, SignalType.ON_COMPLETE);
    }

    /**
     * @param cause the name of the failure behind a problem; null for none
     * @param end how the response ended
     */
    public void forwarded(FastPathRequest request, int status, long nanos, @Nullable String cause, SignalType end) {
        forwarded.increment();
        record(request, status, nanos, cause, end);
    }

    private void record(FastPathRequest request, int status, long nanos, @Nullable String cause, SignalType end) {
        var endpoint = request.endpoint();
        // a client may invent methods; logs and meters need not know them all
        var method = HeadRules.isKnown(request.method().name()) ? request.method() : UNKNOWN;
        accessLog.write(new AccessLog.Entry(method, endpoint, status, nanos, request.trace(), cause, end));
        var kind = new Kind(method.name(), endpoint.template(), end == SignalType.CANCEL ? ABORTED : status);
        timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * The timer has the tags of Spring's own, {@code DefaultServerRequestObservationConvention}, so that both are one.
     */
    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .tag("method", kind.method())
                .tag("uri", kind.template())
                .tag("status", kind.status() == ABORTED ? "UNKNOWN" : Integer.toString(kind.status()))
                .tag("outcome", outcome(kind.status()))
                .tag("exception", NONE)
                .tag("error", NONE)
                .register(meters);
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> "UNKNOWN";
        };
    }
}
