package com.flashsale.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Mono;

/**
 * Takes the instances of one service in turn, without those that just refused a connection, those whose circuit breaker
 * is open, and the one that a retry comes from.
 */
final class HealthAwareLoadBalancer implements ReactorServiceInstanceLoadBalancer {

    private static final Logger log = LoggerFactory.getLogger(HealthAwareLoadBalancer.class);
    private static final Duration LISTED_FOR = Duration.ofMillis(200);

    private final String service;
    private final ObjectProvider<ServiceInstanceListSupplier> supplier;
    private final KnownInstances known;
    private final Instances instances;
    private volatile @Nullable List<ServiceInstance> listed;
    private volatile long listedAt;
    private final AtomicInteger turn =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1000));

    HealthAwareLoadBalancer(
            String service,
            ObjectProvider<ServiceInstanceListSupplier> supplier,
            KnownInstances known,
            Instances instances) {
        this.service = service;
        this.supplier = supplier;
        this.known = known;
        this.instances = instances;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public Mono<Response<ServiceInstance>> choose(Request request) {
        var attempt = Attempt.of((Request<?>) request);
        return supplier.getObject().get(request).next().flatMap(listed -> pick(known.of(service, listed), attempt));
    }

    /**
     * The instances of the latest list, without a wait; null while there is none. A list is at most {@link #LISTED_FOR}
     * older than that of {@link #choose}.
     */
    @Nullable
    List<ServiceInstance> listed() {
        var now = System.nanoTime();
        var latest = listed;
        if (latest == null || now - listedAt > LISTED_FOR.toNanos()) {
            listedAt = now;
            var _ = supplier.getObject()
                    .get()
                    .next()
                    .subscribe(
                            list -> listed = list,
                            failure -> log.debug("No list of {}: {}", service, failure.toString()));
            latest = listed;
        }
        return latest == null ? null : known.of(service, latest);
    }

    /** Chooses among these instances for an attempt; null when there is none. */
    @Nullable
    ServiceInstance chooseNow(List<ServiceInstance> all, Attempt attempt) {
        if (all.isEmpty()) return null;
        var reachable = instances.reachable(all, attempt.avoid());
        var first = turn.getAndIncrement();
        for (var i = 0; i < reachable.size(); i++) {
            var candidate = reachable.get(Math.floorMod(first + i, reachable.size()));
            if (attempt.take(instances.healthOf(candidate))) return candidate;
        }
        throw instances.healthOf(reachable.getFirst()).notPermitted();
    }

    private Mono<Response<ServiceInstance>> pick(List<ServiceInstance> all, @Nullable Attempt attempt) {
        if (all.isEmpty()) return Mono.just(new EmptyResponse());
        var reachable = instances.reachable(all, attempt == null ? null : attempt.avoid());
        var first = turn.getAndIncrement();
        for (var i = 0; i < reachable.size(); i++) {
            var candidate = reachable.get(Math.floorMod(first + i, reachable.size()));
            if (isPermitted(candidate, attempt)) return Mono.just(new DefaultResponse(candidate));
        }
        var guess = reachable.get(Math.floorMod(first, reachable.size()));
        return (attempt != null && attempt.isJudged())
                ? Mono.error(instances.healthOf(guess).notPermitted())
                : Mono.just(new DefaultResponse(guess));
    }

    private boolean isPermitted(ServiceInstance candidate, @Nullable Attempt attempt) {
        var health = instances.healthOf(candidate);
        return (attempt != null && attempt.isJudged()) ? attempt.take(health) : !health.isOpen();
    }
}
