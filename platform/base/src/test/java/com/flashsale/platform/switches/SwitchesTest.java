package com.flashsale.platform.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SwitchesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Switches switches = new Switches(List.of("heat", "light"), meters);
    private final Switch heat = switches.named("heat");
    private final Switch light = switches.named("light");

    @AfterEach
    void end() {
        switches.close();
    }

    @Test
    void every_switch_is_on_until_the_process_has_learned_otherwise() {
        assertThat(heat.isOn()).isTrue();
        assertThat(off("heat")).isZero();
    }

    @Test
    void a_switch_follows_what_is_learned_and_tells_each_change_once(CapturedOutput output) {
        switches.learn(Map.of("heat", false));
        await().until(() -> !heat.isOn());
        assertThat(light.isOn()).isTrue();
        assertThat(off("heat")).isOne();
        assertThat(off("light")).isZero();

        for (int i = 0; i < 5; i++) switches.learn(Map.of("heat", false, "light", true));
        switches.learn(Map.of("heat", true));
        await().until(heat::isOn);

        assertThat(off("heat")).isZero();
        assertThat(output.getAll().lines().filter(line -> line.contains("The switch")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("The switch heat is off now."),
                        line -> assertThat(line).contains("The switch heat is on now."));
    }

    @Test
    void a_name_that_is_missing_keeps_its_state() {
        switches.learn(Map.of("heat", false, "light", false));
        await().until(() -> !heat.isOn() && !light.isOn());

        switches.learn(Map.of("light", true));

        await().until(light::isOn);
        assertThat(heat.isOn()).isFalse();
    }

    @Test
    void the_last_state_holds_however_fast_states_follow_each_other() {
        for (int round = 0; round < 200; round++) {
            switches.learn(Map.of("heat", false));
            switches.learn(Map.of("heat", true));
        }
        switches.learn(Map.of("heat", false));

        await().until(() -> !heat.isOn());
        // the event of each state has been handled when a last one is
        switches.learn(Map.of("light", false));
        await().until(() -> !light.isOn());
        assertThat(heat.isOn()).isFalse();
    }

    @Test
    void switches_of_other_processes_do_not_count() {
        switches.learn(Map.of("water", false, "heat", false));

        await().until(() -> !heat.isOn());
        assertThatThrownBy(() -> switches.named("water"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("water");
    }

    @Test
    void two_processes_in_one_jvm_have_states_of_their_own() {
        try (var others = new Switches(List.of("heat"), new SimpleMeterRegistry())) {
            others.learn(Map.of("heat", false));
            await().until(() -> !others.named("heat").isOn());
            assertThat(heat.isOn()).isTrue();
        }
    }

    @Test
    void the_memory_has_a_bound() {
        var many = new HashMap<String, Boolean>();
        IntStream.range(0, 200).forEach(number -> many.put("n" + number, false));

        assertThatThrownBy(() -> switches.learn(many)).isInstanceOf(IllegalArgumentException.class);
    }

    private double off(String name) {
        return meters.get("switches.off").tag("switch", name).gauge().value();
    }
}
