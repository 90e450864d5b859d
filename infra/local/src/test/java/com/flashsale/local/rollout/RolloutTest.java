package com.flashsale.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import com.flashsale.local.service.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final ServiceSpec ORDERS = Services.named("order-service").orElseThrow();
    private static final Instance FIRST = new Instance(ORDERS, 1);
    private static final Instance SECOND = new Instance(ORDERS, 2);

    private final Home home = new Home(Path.of("."));
    private final Release before = Release.built(ORDERS, home);
    private final Release next = Release.built(ORDERS, home);
    private final FakeReplicas replicas = new FakeReplicas();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void two_replicas_run() {
        replicas.running.put(FIRST, before);
        replicas.running.put(SECOND, before);
    }

    @Test
    void a_spare_copy_comes_first_and_goes_last_and_every_place_is_kept() {
        rollout().run();

        assertThat(replicas.events)
                .containsExactly(
                        "start order-service-3",
                        "end order-service",
                        "start order-service",
                        "end order-service-2",
                        "start order-service-2",
                        "end order-service-3");
        assertThat(replicas.running)
                .containsOnlyKeys(FIRST, SECOND)
                .containsValue(next)
                .doesNotContainValue(before);
        assertThat(replicas.fewest).isEqualTo(2);
    }

    @Test
    void a_new_release_that_does_not_come_up_leaves_the_old_untouched() {
        replicas.faults.add("start order-service-3");

        failsWith("start order-service-3 went wrong");

        assertThat(replicas.events).isEmpty();
        oldServesAlone();
    }

    @Test
    void one_that_fails_half_way_is_taken_back() {
        replicas.faults.add("start order-service-2");

        failsWith("start order-service-2 went wrong");

        assertThat(replicas.events)
                .containsExactly(
                        "start order-service-3",
                        "end order-service",
                        "start order-service",
                        "end order-service-2",
                        "restore order-service-2",
                        "end order-service",
                        "restore order-service",
                        "end order-service-3");
        oldServesAlone();
        assertThat(replicas.fewest).isEqualTo(2);
    }

    @Test
    void a_copy_that_was_ready_and_died_ends_the_rollout_before_the_next_old_one_goes() {
        replicas.faults.add("ill order-service-3");

        failsWith("ill order-service-3 went wrong");

        assertThat(replicas.events).containsExactly("start order-service-3", "end order-service-3");
        oldServesAlone();
    }

    @Test
    void one_that_cannot_take_its_leave_stays() {
        replicas.faults.add("end order-service");

        failsWith("end order-service went wrong");

        assertThat(replicas.events).containsExactly("start order-service-3", "end order-service-3");
        oldServesAlone();
    }

    @Test
    void a_way_back_that_fails_too_is_told_and_does_not_hide_the_first_cause() {
        replicas.faults.add("start order-service");
        replicas.faults.add("restore order-service");

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> rollout().run())
                .satisfies(failure -> assertThat(failure.text())
                        .contains("start order-service went wrong", "its last words")
                        .contains("restore order-service went wrong"));
    }

    @Test
    void where_all_places_are_taken_there_is_one_more_for_the_spare() {
        replicas.running.put(new Instance(ORDERS, 3), before);
        replicas.running.put(new Instance(ORDERS, 4), before);

        rollout().run();

        assertThat(replicas.events).first().isEqualTo("start order-service-5");
        assertThat(replicas.fewest).isEqualTo(4);
    }

    private Rollout rollout() {
        return new Rollout(replicas, ORDERS, next, told::add);
    }

    private void failsWith(String message) {
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> rollout().run())
                .withMessage(message);
    }

    private void oldServesAlone() {
        assertThat(replicas.running)
                .containsOnlyKeys(FIRST, SECOND)
                .containsValue(before)
                .doesNotContainValue(next);
    }
}
