package com.flashsale.client.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServicesTest {

    /**
     * 3.5 GiB for all processes: what a JVM takes beside its heap was measured as 130 MiB at most, the engines as 600
     * MiB.
     */
    @Test
    void the_heaps_leave_room_for_the_rest_within_three_and_a_half_gibibytes() {
        int heaps = Services.all().stream().mapToInt(ServiceSpec::heapMb).sum();

        assertThat(heaps + Services.all().size() * 130 + 600).isLessThanOrEqualTo(3584);
    }

    @Test
    void every_service_has_an_index_of_its_own() {
        assertThat(Services.all()).extracting(ServiceSpec::index).doesNotHaveDuplicates();
    }

    @Test
    void no_two_services_share_a_database() {
        assertThat(Services.databases())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder("auth", "catalog", "inventory", "orders", "waitlist", "payment");
    }
}
