package com.flashsale.client.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final Replicas FOUR_OF_EACH =
            Replicas.parse("gateway=4,auth-service=4,catalog-service=4,inventory-service=4,"
                    + "order-service=4,waitlist-service=4,payment-simulator=4");

    @Test
    void the_first_copy_of_a_service_sits_at_base_plus_its_index_and_is_managed_a_hundred_above() {
        var order = new Instance(Services.named("order-service").orElseThrow(), 1);

        assertThat(new Ports(8080).of(order)).isEqualTo(8085);
        assertThat(new Ports(8080).managementOf(order)).isEqualTo(8185);
    }

    @Test
    void each_further_copy_sits_ten_above_the_one_before() {
        var third = new Instance(Services.named("order-service").orElseThrow(), 3);

        assertThat(new Ports(8080).of(third)).isEqualTo(8105);
    }

    @Test
    void the_engines_sit_at_base_plus_fifty() {
        var ports = new Ports(9000);

        assertThat(ports.postgres()).isEqualTo(9050);
        assertThat(ports.redis()).isEqualTo(9051);
        assertThat(ports.kafka()).isEqualTo(9052);
        assertThat(ports.kafkaController()).isEqualTo(9053);
        assertThat(ports.controlRoom()).isEqualTo(9054);
    }

    @Test
    void no_two_things_of_one_platform_want_the_same_port() {
        assertThat(new Ports(8080).needed(FOUR_OF_EACH.instances())).doesNotHaveDuplicates();
    }

    @Test
    void two_platforms_two_hundred_apart_never_meet() {
        var one = new HashSet<>(new Ports(8080).needed(FOUR_OF_EACH.instances()));

        assertThat(new Ports(8280).needed(FOUR_OF_EACH.instances())).doesNotContainAnyElementsOf(one);
    }

    @Test
    void a_base_whose_block_would_leave_the_port_range_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ports(65_500));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ports(80));
    }
}
