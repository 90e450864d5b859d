package com.flashsale.gateway.upstream;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;

/**
 * One call of a service, from the choice of an instance to the head of the response. The load balancer takes a permit
 * of the chosen instance's circuit breaker; the attempt gives it back in every case.
 */
final class Attempt {

    static final String ATTRIBUTE = Attempt.class.getName();

    private final @Nullable ServiceInstance avoid;
    private final boolean judged;
    private final long begun = System.nanoTime();
    private volatile @Nullable InstanceHealth health;
    private volatile boolean over;

    /**
     * @param avoid the instance that an earlier attempt failed on
     * @param judged whether its outcome says anything about the instance; a stream's does not
     */
    Attempt(@Nullable ServiceInstance avoid, boolean judged) {
        this.avoid = avoid;
        this.judged = judged;
    }

    /** The attempt that a choice of an instance is for; null for the gateway's own calls. */
    static @Nullable Attempt of(Request<?> request) {
        if (!(request.getContext() instanceof RequestDataContext context)) return null;
        var data = context.getClientRequest();
        return data != null && data.getAttributes().get(ATTRIBUTE) instanceof Attempt attempt ? attempt : null;
    }

    @Nullable
    ServiceInstance avoid() {
        return avoid;
    }

    boolean isJudged() {
        return judged;
    }

    /** Whether a response would come too late. */
    boolean isOver() {
        return over;
    }

    /** Whether the instance's circuit breaker lets this attempt through. */
    boolean take(InstanceHealth candidate) {
        if (!candidate.tryCall()) return false;
        health = candidate;
        return true;
    }

    void succeeded() {
        var chosen = health;
        if (chosen != null) chosen.succeeded(System.nanoTime() - begun);
    }

    /** @param client the customer or the address */
    void failed(Throwable failure, String client) {
        over = true;
        var chosen = health;
        if (chosen != null) chosen.failed(System.nanoTime() - begun, failure, client);
    }

    void abandoned() {
        over = true;
        var chosen = health;
        if (chosen != null) chosen.abandoned();
    }
}
