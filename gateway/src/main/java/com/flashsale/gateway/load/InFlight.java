package com.flashsale.gateway.load;

import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;

import com.flashsale.gateway.route.Cost;
import com.flashsale.platform.problem.ProblemException;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * How much may be under way at once. The limit follows what is measured: when answers become slow compared with before, it falls. Each kind
 * of request may use a share of it, so browsing is refused first and paying last.
 */
@Component
public class InFlight {

    private final Gradient2Limit limit;
    private final int maxStreams;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final MeterRegistry meters;

    InFlight(LoadSettings settings, MeterRegistry meters) {
        this.meters = meters;
        maxStreams = settings.maxStreams();
        limit = Gradient2Limit.newBuilder()
                .initialLimit(settings.initialInFlight())
                .minLimit(settings.minInFlight())
                .maxConcurrency(settings.maxInFlight())
                .build();
        meters.gauge("gateway.in.flight", requests);
        meters.gauge("gateway.streams", streams);
        meters.gauge("gateway.in.flight.limit", limit, Gradient2Limit::getLimit);
    }

    /**
     * Ends with a problem when there is too much under way already, and otherwise does nothing: for a first look, before a request has cost
     * a signature, a round trip or a body. Whoever passes it may still be refused by {@link #run}.
     */
    public Mono<Void> refuseIfFull(Cost cost) {
        return switch (cost) {
            case NOTHING, STREAM -> Mono.empty();
            case BROWSE, JOIN, ORDER, PAY ->
                requests.get() >= limit.getLimit() * cost.share() ? refuse(cost) : Mono.empty();
        };
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
        meters.counter("gateway.shed", "cost", cost.name()).increment();
        return Mono.error(new ProblemException(OVERLOADED, "Too much is under way; nothing was done.")
                .retryAfter(Duration.ofSeconds(1)));
    }
}
