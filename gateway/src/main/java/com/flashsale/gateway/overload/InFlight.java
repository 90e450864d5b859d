package com.flashsale.gateway.overload;

import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;

import com.flashsale.gateway.reactive.Deadline;
import com.flashsale.gateway.route.Cost;
import com.flashsale.platform.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Concurrency limit with a latency target ({@link TargetLimit}). By Little's law the number of requests under way
 * decides how long each waits. The limit falls while the mean response time exceeds the target, and rises again below
 * it. A limit that compares responses with earlier ones gets used to a flood; a fixed target does not.
 *
 * <p>Each kind of request may use a share, so browsing is refused first and paying last. One client may use two thirds
 * of a share, so a client that does not read its responses leaves room for the others.
 */
@Component
public class InFlight {

    private static final double LOWEST_SHARE =
            Stream.of(Cost.values()).mapToDouble(Cost::share).min().orElseThrow();

    private static final double SHARE_OF_ONE_CLIENT = 2.0 / 3;

    private final TargetLimit limit;
    private final LoadSettings settings;
    private final AtomicInteger coming = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final ClientCounts requestsOf = new ClientCounts();
    private final ClientCounts streamsOf = new ClientCounts();
    private final Map<Cost, Counter> refused = new EnumMap<>(Cost.class);

    InFlight(LoadSettings settings, MeterRegistry meters) {
        this.settings = settings;
        limit = new TargetLimit(
                settings.minInFlight(), settings.maxInFlight(), settings.target(), settings.window(), System::nanoTime);
        for (var cost : Cost.values()) refused.put(cost, meters.counter("gateway.shed", "cost", cost.name()));
        meters.gauge("gateway.coming", coming);
        meters.gauge("gateway.in.flight", requests);
        meters.gauge("gateway.streams.proxied", streams);
        meters.gauge("gateway.in.flight.limit", limit, TargetLimit::get);
    }

    /** Whether enough requests are under way for some kind of request to be refused. */
    public boolean isCrowded() {
        return underWay() >= limit.get() * LOWEST_SHARE;
    }

    /**
     * Counts a complete request that comes here. A thousand may be read before the first of them is let in, and all
     * would find the room that is there for one.
     */
    public void comes(Cost cost) {
        if (mayBeRefused(cost)) coming.incrementAndGet();
    }

    /** Ends the count of a request that came: it has its response. */
    public void goes(Cost cost) {
        if (mayBeRefused(cost)) coming.decrementAndGet();
    }

    private int underWay() {
        return Math.max(coming.get(), requests.get());
    }

    private static boolean mayBeRefused(Cost cost) {
        return switch (cost) {
            case NOTHING, STREAM -> false;
            case BROWSE, JOIN, ORDER, PAY -> true;
        };
    }

    /**
     * Whether such a request would be refused now. A request that finds room here may still be refused by {@link #run}.
     */
    public boolean isFull(Cost cost) {
        return mayBeRefused(cost) && underWay() >= limit.get() * cost.share();
    }

    /**
     * A second check, before a request costs a signature, a round trip or a body: ends with a problem when there is no
     * room.
     */
    public Mono<Void> refuseIfFull(Cost cost) {
        var full = mayBeRefused(cost) && requests.get() >= limit.get() * cost.share();
        return full ? refuse(cost) : Mono.empty();
    }

    /**
     * Runs the work, or ends with a problem when too many requests are under way.
     *
     * @param client the customer or the address
     * @param work gets a callback for the moment when the head of the response is ready
     */
    public Mono<Void> run(Cost cost, String client, Duration deadline, Function<Runnable, Mono<Void>> work) {
        return switch (cost) {
            case NOTHING -> work.apply(() -> {});
            case STREAM -> stream(client, work);
            case BROWSE, JOIN, ORDER, PAY -> request(cost, client, deadline, work);
        };
    }

    private Mono<Void> stream(String client, Function<Runnable, Mono<Void>> work) {
        if (streams.incrementAndGet() > settings.maxProxiedStreams()) {
            streams.decrementAndGet();
            return refuse(Cost.STREAM);
        }
        if (!streamsOf.add(client, settings.maxStreamsOfClient())) {
            streams.decrementAndGet();
            return refuse(Cost.STREAM);
        }
        return Mono.defer(() -> work.apply(() -> {})).doFinally(_ -> {
            streams.decrementAndGet();
            streamsOf.remove(client);
        });
    }

    private Mono<Void> request(Cost cost, String client, Duration deadline, Function<Runnable, Mono<Void>> work) {
        var room = limit.get() * cost.share();
        if (requests.incrementAndGet() > room) {
            requests.decrementAndGet();
            return refuse(cost);
        }
        if (!requestsOf.add(client, Math.max(1, (int) (room * SHARE_OF_ONE_CLIENT)))) {
            requests.decrementAndGet();
            return refuse(cost);
        }
        var sample = new Sample();
        var timed = Mono.defer(() -> work.apply(sample::headReady))
                .doOnError(TimeoutException.class, _ -> sample(cost, sample))
                .doFinally(end -> {
                    requests.decrementAndGet();
                    requestsOf.remove(client);
                    if (end == SignalType.ON_COMPLETE) sample(cost, sample);
                });
        return Deadline.within(deadline, timed);
    }

    /** A payment waits for a foreign service, so its time says nothing about this platform. */
    private void sample(Cost cost, Sample sample) {
        if (cost != Cost.PAY) limit.sample(sample.nanos());
    }

    /** The time until the head of a response: the rest is up to the client, which may read slowly. */
    private static final class Sample {

        private final long begun = System.nanoTime();
        private final AtomicLong untilHead = new AtomicLong();

        void headReady() {
            untilHead.compareAndSet(0, System.nanoTime() - begun);
        }

        long nanos() {
            headReady();
            return untilHead.get();
        }
    }

    private Mono<Void> refuse(Cost cost) {
        countRefused(cost);
        return Mono.error(overloaded());
    }

    public void countRefused(Cost cost) {
        Objects.requireNonNull(refused.get(cost)).increment();
    }

    public static ProblemException overloaded() {
        return new ProblemException(OVERLOADED, "Too much is under way; nothing was done.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
