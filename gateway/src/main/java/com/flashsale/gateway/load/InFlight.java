package com.flashsale.gateway.load;

import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;

import com.flashsale.gateway.route.Cost;
import com.flashsale.platform.problem.ProblemException;
import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * How much may be under way at once. By Little's law that is how long each has to wait, so the limit follows the answers' time: as soon as
 * they take longer than the target on average, less is let in, and more again when they do not ({@link TargetLimit}). A limit that compares answers with earlier ones gets used to a flood; a target does not.
 * Each kind of request may use a share, so browsing is refused first and paying last.
 */
@Component
public class InFlight {

    private static final double LOWEST_SHARE =
            Stream.of(Cost.values()).mapToDouble(Cost::share).min().orElseThrow();

    private final Limit limit;
    private final int maxStreams;
    private final AtomicInteger coming = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<Cost, Counter> refused = new EnumMap<>(Cost.class);

    InFlight(LoadSettings settings, MeterRegistry meters) {
        maxStreams = settings.maxStreams();
        limit = WindowedLimit.newBuilder()
                .minWindowTime(settings.window().toMillis(), TimeUnit.MILLISECONDS)
                .maxWindowTime(settings.window().toMillis(), TimeUnit.MILLISECONDS)
                .build(new TargetLimit(
                        settings.minInFlight(),
                        settings.maxInFlight(),
                        settings.target().toNanos()));
        for (var cost : Cost.values()) refused.put(cost, meters.counter("gateway.shed", "cost", cost.name()));
        meters.gauge("gateway.coming", coming);
        meters.gauge("gateway.in.flight", requests);
        meters.gauge("gateway.streams", streams);
        meters.gauge("gateway.in.flight.limit", limit, Limit::getLimit);
    }

    /** Whether there is so much under way that some kind of request is refused. */
    boolean isCrowded() {
        return underWay() >= limit.getLimit() * LOWEST_SHARE;
    }

    /**
     * A whole request is on its way here. A thousand may be read before the first of them is let in, and all would find the room that is
     * there for one.
     */
    void comes(Cost cost) {
        if (mayBeRefused(cost)) coming.incrementAndGet();
    }

    /** One that came has its answer. */
    void goes(Cost cost) {
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

    /** Whether such a request would be refused now. Whoever finds room here may still be refused by {@link #run}. */
    boolean isFull(Cost cost) {
        return mayBeRefused(cost) && underWay() >= limit.getLimit() * cost.share();
    }

    /** For a second look, before a request has cost a signature, a round trip or a body: ends with a problem when there is no room. */
    public Mono<Void> refuseIfFull(Cost cost) {
        var full = mayBeRefused(cost) && requests.get() >= limit.getLimit() * cost.share();
        return full ? refuse(cost) : Mono.empty();
    }

    /** Runs the work, or ends with a problem when there is too much of it. */
    public Mono<Void> run(Cost cost, Duration deadline, Supplier<Mono<Void>> work) {
        return switch (cost) {
            case NOTHING -> work.get();
            case STREAM -> stream(work);
            case BROWSE, JOIN, ORDER, PAY -> request(cost, deadline, work);
        };
    }

    private Mono<Void> stream(Supplier<Mono<Void>> work) {
        if (streams.incrementAndGet() > maxStreams) {
            streams.decrementAndGet();
            return refuse(Cost.STREAM);
        }
        return Mono.defer(work).doFinally(_ -> streams.decrementAndGet());
    }

    private Mono<Void> request(Cost cost, Duration deadline, Supplier<Mono<Void>> work) {
        var underWay = requests.incrementAndGet();
        if (underWay > limit.getLimit() * cost.share()) {
            requests.decrementAndGet();
            return refuse(cost);
        }
        var begun = System.nanoTime();
        return Deadline.within(deadline, Mono.defer(work))
                .doOnError(TimeoutException.class, _ -> limit.onSample(begun, deadline.toNanos(), underWay, true))
                .doFinally(end -> {
                    requests.decrementAndGet();
                    // a payment waits for somebody else's service: its time says nothing about ours
                    if (end == SignalType.ON_COMPLETE && cost != Cost.PAY) {
                        limit.onSample(begun, System.nanoTime() - begun, underWay, false);
                    }
                });
    }

    private Mono<Void> refuse(Cost cost) {
        countRefused(cost);
        return Mono.error(overloaded());
    }

    void countRefused(Cost cost) {
        Objects.requireNonNull(refused.get(cost)).increment();
    }

    static ProblemException overloaded() {
        return new ProblemException(OVERLOADED, "Too much is under way; nothing was done.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
