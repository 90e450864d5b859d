package com.flashsale.client.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicasTest {

    @Test
    void every_service_runs_once_unless_told_otherwise() {
        assertThat(Replicas.parse("").instances()).hasSameSizeAs(Services.all());
    }

    @Test
    void a_second_copy_has_a_name_of_its_own() {
        assertThat(Replicas.parse("order-service=2").instances())
                .extracting(Instance::id)
                .contains("order-service", "order-service-2", "inventory-service")
                .doesNotContain("inventory-service-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-service=0", "order-service=5", "order-service=x", "basket-service=2", "discovery=2"})
    void a_count_that_cannot_run_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Replicas.parse(text));
    }
}
