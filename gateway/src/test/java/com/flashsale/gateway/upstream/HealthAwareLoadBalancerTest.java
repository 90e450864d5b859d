package com.flashsale.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

class HealthAwareLoadBalancerTest {

    private static final ServiceInstance ONE = instance(1);
    private static final ServiceInstance TWO = instance(2);
    private static final ServiceInstance THREE = instance(3);

    private final Instances instances =
            new Instances(CircuitBreakerRegistry.ofDefaults(), new KnownInstances(mock(DiscoveryClient.class)));

    @Test
    void an_instance_that_refused_a_connection_is_left_out() {
        instances.refused(TWO);

        assertThat(instances.reachable(List.of(ONE, TWO, THREE), null)).containsExactly(ONE, THREE);
    }

    @Test
    void a_retry_goes_elsewhere() {
        assertThat(instances.reachable(List.of(ONE, TWO), ONE)).containsExactly(TWO);
    }

    @Test
    void when_all_refused_all_are_tried() {
        instances.refused(ONE);
        instances.refused(TWO);

        assertThat(instances.reachable(List.of(ONE, TWO), null)).containsExactly(ONE, TWO);
        assertThat(instances.reachable(List.of(ONE), null)).containsExactly(ONE);
    }

    @Test
    void retries_are_a_tenth_of_the_requests_after_the_first_ten() {
        var budget = new RetryBudget();
        assertThat(IntStream.range(0, 100).filter(_ -> budget.spend()).count()).isEqualTo(10);

        IntStream.range(0, 50).forEach(_ -> budget.earn());

        assertThat(IntStream.range(0, 100).filter(_ -> budget.spend()).count()).isEqualTo(5);
    }

    private static ServiceInstance instance(int number) {
        return new DefaultServiceInstance("id-" + number, "order-service", "127.0.0.1", 9000 + number, false);
    }
}
