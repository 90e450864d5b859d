package com.flashsale.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;

class KnownInstancesTest {

    private static final String ORDER = "order-service";
    private static final String CATALOG = "catalog-service";

    private final ServiceInstance one = instance(ORDER, 1);
    private final ServiceInstance other = instance(ORDER, 2);
    private final ServiceInstance catalog = instance(CATALOG, 3);
    private final DiscoveryClient registry = mock(DiscoveryClient.class);

    private long now = Long.MAX_VALUE - 1_000_000_000L; // the clock of a process may overflow
    private final KnownInstances known = new KnownInstances(registry, () -> now);

    @Test
    void an_instance_that_leaves_a_sound_list_is_dropped_at_once() {
        known.of(ORDER, List.of(one, other));

        assertThat(known.of(ORDER, List.of(other))).containsExactly(other);
    }

    @Test
    void after_an_empty_list_the_known_instances_stay_while_the_others_come_back() {
        known.of(ORDER, List.of(one, other));

        assertThat(known.of(ORDER, List.of())).containsExactly(one, other);
        assertThat(known.of(ORDER, List.of(other))).containsExactlyInAnyOrder(one, other);
        assertThat(known.of(ORDER, List.of(one, other))).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void a_half_list_is_doubted_when_another_service_has_vanished() {
        known.of(ORDER, List.of(one, other));
        known.of(CATALOG, List.of(catalog));
        when(registry.getInstances(ORDER)).thenReturn(List.of(other));
        when(registry.getInstances(CATALOG)).thenReturn(List.of());

        known.refreshed(new HeartbeatEvent(this, 1));

        assertThat(known.of(ORDER, List.of(other))).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void a_kept_instance_goes_when_a_call_of_it_fails() {
        known.of(ORDER, List.of(one, other));
        var listed = new ArrayList<ServiceInstance>();
        known.of(ORDER, listed);

        known.failed(one);

        assertThat(known.of(ORDER, listed)).containsExactly(other);
        assertThat(known.of(ORDER, new ArrayList<>())).containsExactly(other);
    }

    @Test
    void a_kept_instance_goes_after_a_time() {
        known.of(ORDER, List.of(one, other));
        var listed = new ArrayList<ServiceInstance>();
        assertThat(known.of(ORDER, listed)).hasSize(2);

        now += KnownInstances.KEPT.toNanos() + 1;

        assertThat(known.of(ORDER, listed)).isEmpty();
    }

    private static ServiceInstance instance(String service, int port) {
        return new DefaultServiceInstance(service + port, service, "127.0.0.1", port, false);
    }
}
