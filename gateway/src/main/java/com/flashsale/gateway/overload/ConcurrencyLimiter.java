package com.flashsale.gateway.overload;

import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;

import com.flashsale.gateway.reactive.Timeouts;
import com.flashsale.gateway.route.RequestPriority;
import com.flashsale.platform.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Concurrency limit with a latency target ({@link LatencyTargetLimit}). By Little's law the number of requests under
 * way decides how long each waits. The limit falls while the mean response time exceeds the target, and rises again
 * below it. A limit that compares responses with earlier ones gets used to a flood; a fixed target does not.
 *
 * <p>Each kind of request may use a share, so browsing is refused first and paying last. One client may use two thirds
 * of a share, so a client that does not read its responses leaves room for the others.
 */
@Component
public class ConcurrencyLimiter {

    private static final double LOWEST_SHARE = Stream.of(RequestPriority.values())
            .mapToDouble(RequestPriority::share)
            .min()
            .orElseThrow();

    private static final double SHARE_OF_ONE_CLIENT = 2.0 / 3;

    private final LatencyTargetLimit limit;
    private final OverloadSettings settings;
    private final AtomicInteger arriving = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final ClientCounts requestsOf = new ClientCounts();
    private final ClientCounts streamsOf = new ClientCounts();
    private final Map<RequestPriority, Counter> refused = new EnumMap<>(RequestPriority.class);

    ConcurrencyLimiter(OverloadSettings settings, MeterRegistry meters) {
        this.settings = settings;
        limit = new LatencyTargetLimit(
                settings.minInFlight(), settings.maxInFlight(), settings.target(), settings.window(), System::nanoTime);
        for (var priority : RequestPriority.values())
            refused.put(priority, meters.counter("gateway.shed", "cost", priority.name()));
        meters.gauge("gateway.coming", arriving);
        meters.gauge("gateway.in.flight", requests);
        meters.gauge("gateway.streams.proxied", streams);
        meters.gauge("gateway.in.flight.limit", limit, LatencyTargetLimit::get);
    }

    /** Whether enough requests are under way for some kind of request to be refused. */
    public boolean isCrowded() {
        return underWay() >= limit.get() * LOWEST_SHARE;
    }

    /**
     * Counts a complete request that comes here. A thousand may be read before the first of them is let in, and all
     * would find the room that is there for one.
     */
    public void arrived(RequestPriority priority) {
        if (mayBeRefused(priority)) arriving.incrementAndGet();
    }

    /** Ends the count of a request that came: it has its response. */
    public void answered(RequestPriority priority) {
        if (mayBeRefused(priority)) arriving.decrementAndGet();
    }

    private int underWay() {
        return Math.max(arriving.get(), requests.get());
    }

    private static boolean mayBeRefused(RequestPriority priority) {
        return switch (priority) {
            case NOTHING, STREAM -> false;
            case BROWSE, JOIN, ORDER, PAY -> true;
        };
    }

    /**
     * Whether such a request would be refused now. A request that finds room here may still be refused by {@link #run}.
     */
    public boolean isFull(RequestPriority priority) {
        return mayBeRefused(priority) && underWay() >= limit.get() * priority.share();
    }

    /**
     * Refuses before the request costs a signature, a round trip or a body. The fast path has already made the same
     * check on the connection.
     */
    public Mono<Void> refuseIfFull(RequestPriority priority) {
        var full = mayBeRefused(priority) && requests.get() >= limit.get() * priority.share();
        return full ? refuse(priority) : Mono.empty();
    }

    /**
     * Runs the work, or ends with a problem when too many requests are under way.
     *
     * @param client the customer or the address
     * @param work gets a callback for the moment when the head of the response is ready
     */
    public Mono<Void> run(
            RequestPriority priority, String client, Duration deadline, Function<Runnable, Mono<Void>> work) {
        return switch (priority) {
            case NOTHING -> work.apply(() -> {});
            case STREAM -> stream(client, work);
            case BROWSE, JOIN, ORDER, PAY -> request(priority, client, deadline, work);
        };
    }

    private Mono<Void> stream(String client, Function<Runnable, Mono<Void>> work) {
        if (streams.incrementAndGet() > settings.maxProxiedStreams()) {
            streams.decrementAndGet();
            return refuse(RequestPriority.STREAM);
        }
        if (!streamsOf.add(client, settings.maxStreamsOfClient())) {
            streams.decrementAndGet();
            return refuse(RequestPriority.STREAM);
        }
        return Mono.defer(() -> work.apply(() -> {})).doFinally(_ -> {
            streams.decrementAndGet();
            streamsOf.remove(client);
        });
    }

    private Mono<Void> request(
            RequestPriority priority, String client, Duration deadline, Function<Runnable, Mono<Void>> work) {
        var slot = enter(priority, client);
        if (slot == null) return Mono.error(overloaded());
        var timed = Mono.defer(() -> work.apply(slot::headReady))
                .doOnError(TimeoutException.class, _ -> slot.sample())
                .doFinally(end -> {
                    slot.leave();
                    if (end == SignalType.ON_COMPLETE) slot.sample();
                });
        return Timeouts.within(deadline, timed);
    }

    /**
     * Lets a request in that is no stream; counts a refusal and returns null when too many are under way.
     *
     * @param client the customer or the address
     */
    public @Nullable RequestSlot enter(RequestPriority priority, String client) {
        var room = limit.get() * priority.share();
        if (requests.incrementAndGet() <= room) {
            if (requestsOf.add(client, Math.max(1, (int) (room * SHARE_OF_ONE_CLIENT))))
                return new RequestSlot(limit, priority, () -> leave(client));
        }
        requests.decrementAndGet();
        countRefused(priority);
        return null;
    }

    private void leave(String client) {
        requests.decrementAndGet();
        requestsOf.remove(client);
    }

    private Mono<Void> refuse(RequestPriority priority) {
        countRefused(priority);
        return Mono.error(overloaded());
    }

    public void countRefused(RequestPriority priority) {
        Objects.requireNonNull(refused.get(priority)).increment();
    }

    public static ProblemException overloaded() {
        return new ProblemException(OVERLOADED, "Too much is under way; nothing was done.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
