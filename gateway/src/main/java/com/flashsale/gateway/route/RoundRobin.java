package com.flashsale.gateway.route;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Mono;

/** Takes the instances of one service in turn, without those that just refused a connection and the one that a retry comes from. */
final class RoundRobin implements ReactorServiceInstanceLoadBalancer {

    private final ObjectProvider<ServiceInstanceListSupplier> supplier;
    private final Instances instances;
    private final AtomicInteger turn =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1000));

    RoundRobin(ObjectProvider<ServiceInstanceListSupplier> supplier, Instances instances) {
        this.supplier = supplier;
        this.instances = instances;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public Mono<Response<ServiceInstance>> choose(Request request) {
        return supplier.getObject().get(request).next().map(known -> pick(instances.callable(known, toAvoid(request))));
    }

    private Response<ServiceInstance> pick(List<ServiceInstance> callable) {
        if (callable.isEmpty()) return new EmptyResponse();
        return new DefaultResponse(callable.get(Math.floorMod(turn.getAndIncrement(), callable.size())));
    }

    private static @Nullable ServiceInstance toAvoid(Request<?> request) {
        if (!(request.getContext() instanceof RequestDataContext context)) return null;
        var data = context.getClientRequest();
        return data != null && data.getAttributes().get(Instances.AVOID) instanceof ServiceInstance instance
                ? instance
                : null;
    }
}
