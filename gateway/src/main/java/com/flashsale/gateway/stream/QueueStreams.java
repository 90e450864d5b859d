package com.flashsale.gateway.stream;

import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.fastpath.FastPathResponses;
import com.flashsale.gateway.fastpath.FastPathStreams;
import com.flashsale.gateway.fastpath.StreamConnection;
import com.flashsale.gateway.queue.QueueSnapshot;
import com.flashsale.gateway.queue.QueueSnapshots;
import com.flashsale.gateway.queue.SaleIds;
import com.flashsale.gateway.response.ProblemWriter;
import com.flashsale.platform.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/v1/sales/{id}/queue/events}: the stream that each sale page holds open. The gateway writes it on the
 * connection, without an exchange, from the snapshots that answer the polls. A stream costs a few KiB here and nothing
 * in waitlist-service.
 */
@Component
class QueueStreams implements FastPathStreams {

    private static final String PATH = "/queue/events";
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 8_000;

    private final QueueSnapshots snapshots;
    private final StreamCallers callers;
    private final FastPathResponses responses;
    private final JsonMapper json;
    private final StreamSlots places;
    private final Counter refused;
    private final Map<UUID, WatchedQueue> sales = new ConcurrentHashMap<>();
    private final Disposable beats;

    QueueStreams(
            QueueSnapshots snapshots,
            StreamCallers callers,
            FastPathResponses responses,
            JsonMapper json,
            StreamSlots places,
            MeterRegistry meters) {
        this.snapshots = snapshots;
        this.callers = callers;
        this.responses = responses;
        this.json = json;
        this.places = places;
        refused = meters.counter("gateway.shed", "cost", "STREAM");
        meters.gauge("gateway.streams", places, StreamSlots::taken);
        beats = Flux.interval(BEAT, Schedulers.newSingle("queue-streams", true))
                .onBackpressureDrop()
                .subscribe(_ -> beat());
    }

    @Override
    public boolean accepts(FastPathRequest request) {
        return request.path().endsWith(PATH) && HttpMethod.GET.equals(request.method()) && saleOf(request) != null;
    }

    @Override
    public void open(FastPathRequest request, StreamConnection connection) {
        var sale = Objects.requireNonNull(saleOf(request));
        callers.identify(request)
                .flatMap(key -> snapshots.of(sale, key, request.trace()))
                .map(QueueSnapshots::foundOnly)
                .subscribe(
                        found -> connection.execute(() -> begin(request, connection, sale, found)),
                        failure -> connection.execute(() -> refuse(request, connection, failure)));
    }

    private static @Nullable UUID saleOf(FastPathRequest request) {
        return SaleIds.ofPath(request.path(), PATH);
    }

    private void begin(FastPathRequest request, StreamConnection connection, UUID sale, QueueSnapshot snapshot) {
        if (!connection.isOpen()) return;
        var watcher = new Watcher(connection, request.client().network());
        if (!places.take(watcher)) {
            refused.increment();
            refuse(request, connection, noPlace());
            return;
        }
        var watched = sales.compute(sale, (_, known) -> {
            var present = known != null ? known : new WatchedQueue(snapshot, json);
            present.add(watcher);
            return present;
        });
        var first = watched.event();
        connection.begin(responses.stream(request), first.first(retryMillis()), () -> {
            places.giveBack(watcher);
            watched.remove(watcher);
        });
        watcher.shown(first);
    }

    static long retryMillis() {
        return ThreadLocalRandom.current().nextLong(FIRST_RETRY_MILLIS, LAST_RETRY_MILLIS);
    }

    private static ProblemException noPlace() {
        return new ProblemException(OVERLOADED, "Too many streams are open; poll the queue instead.")
                .retryAfter(Duration.ofSeconds(ThreadLocalRandom.current().nextLong(2, 10)));
    }

    private void refuse(FastPathRequest request, StreamConnection connection, Throwable failure) {
        var response = responses.problem(request, ProblemWriter.explain(failure));
        if (response.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, Caller.INVALID_TOKEN_CHALLENGE);
        }
        connection.refuse(response);
    }

    /** Refreshes the snapshot of each watched sale, and shows the present event to all watchers. */
    private void beat() {
        for (var sale : sales.keySet()) {
            var watched = sales.computeIfPresent(sale, (_, known) -> known.isEmpty() ? null : known);
            if (watched == null) continue;
            snapshots.refresh(sale).subscribe(watched::take, _ -> {});
            watched.beat();
        }
    }

    @EventListener
    void end(ContextClosedEvent closing) {
        beats.dispose();
        sales.values().forEach(WatchedQueue::end);
    }
}
