package com.flashsale.gateway.upstream;

import com.flashsale.gateway.response.UpstreamFailedException;
import com.flashsale.gateway.route.Upstream;
import java.io.IOException;
import java.net.ConnectException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/**
 * Calls of services for requests without an exchange: the choice of an instance, the account of its circuit breaker,
 * and the decision about a retry. The rules are those of {@link UpstreamCallFilter}, with the same balancers, breakers
 * and budget.
 */
@Component
public class UpstreamCalls {

    private final LoadBalancerClientFactory balancers;
    private final Instances instances;
    private final RetryBudget retries;
    private final Map<Upstream, HealthAwareLoadBalancer> known = new EnumMap<>(Upstream.class);

    UpstreamCalls(LoadBalancerClientFactory balancers, Instances instances, RetryBudget retries) {
        this.balancers = balancers;
        this.instances = instances;
        this.retries = retries;
    }

    /** Whether a call can begin at once: instances are known, and none of them wants TLS. */
    public boolean canCall(Upstream upstream) {
        var listed = balancer(upstream).listed();
        return listed != null && !listed.isEmpty() && listed.stream().noneMatch(ServiceInstance::isSecure);
    }

    /**
     * @param isRead whether the request may be sent twice
     * @param client the customer or the address
     */
    public Call begin(Upstream upstream, boolean isRead, String client) {
        retries.earn();
        return new Call(balancer(upstream), isRead, client);
    }

    private HealthAwareLoadBalancer balancer(Upstream upstream) {
        synchronized (known) {
            return known.computeIfAbsent(upstream, missing -> (HealthAwareLoadBalancer) Objects.requireNonNull(
                    balancers.getInstance(missing.service(), ReactorServiceInstanceLoadBalancer.class)));
        }
    }

    /** One call with at most one retry. A chosen instance ends with one of the other methods. */
    public final class Call {

        private final HealthAwareLoadBalancer balancer;
        private final boolean isRead;
        private final String client;
        private Attempt attempt = new Attempt(null, true);
        private @Nullable ServiceInstance chosen;
        private boolean retried;

        private Call(HealthAwareLoadBalancer balancer, boolean isRead, String client) {
            this.balancer = balancer;
            this.isRead = isRead;
            this.client = client;
        }

        /**
         * The instance for the next attempt.
         *
         * @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException when all breakers are open
         * @throws NotFoundException without an instance
         */
        public ServiceInstance choose() {
            attempt = new Attempt(chosen, true);
            var listed = balancer.listed();
            var instance = balancer.chooseNow(listed == null ? List.of() : listed, attempt);
            if (instance == null) throw new NotFoundException("No instance is known.");
            chosen = instance;
            return instance;
        }

        /** The head of a response is there; whether the call is to be made again instead. */
        public boolean isAnswered(int status) {
            if (status >= 500 && status != HttpStatus.SERVICE_UNAVAILABLE.value()) {
                attempt.failed(new UpstreamFailedException(HttpStatusCode.valueOf(status)), client);
            } else {
                attempt.succeeded();
            }
            return status != HttpStatus.SERVICE_UNAVAILABLE.value() || !isRead || !mayRetry();
        }

        /** The attempt failed; whether the call may be made again. */
        public boolean isRepeatable(Throwable failure) {
            attempt.failed(failure, client);
            var refused = failure instanceof ConnectException;
            if (refused) instances.refused(chosen);
            // without a connection nothing was sent, so a second attempt repeats nothing
            return (refused || (isRead && failure instanceof IOException)) && mayRetry();
        }

        /** The client is gone, so the outcome says nothing about the instance. */
        public void abandoned() {
            attempt.abandoned();
        }

        private boolean mayRetry() {
            if (retried || !retries.spend()) return false;
            retried = true;
            return true;
        }
    }
}
