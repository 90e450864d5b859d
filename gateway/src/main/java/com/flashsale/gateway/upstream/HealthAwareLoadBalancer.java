package com.flashsale.gateway.upstream;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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

    private final String service;
    private final ObjectProvider<ServiceInstanceListSupplier> supplier;
    private final KnownInstances known;
    private final Instances instances;
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
