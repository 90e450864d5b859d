package com.flashsale.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MachineLoadTest {

    private static final long LOOK = Duration.ofMillis(500).toNanos();

    private final AtomicLong clock = new AtomicLong(-LOOK);
    private final AtomicInteger looks = new AtomicInteger();
    private double busy;
    private final MachineLoad load = new MachineLoad(
            () -> {
                looks.incrementAndGet();
                return busy;
            },
            clock::get);

    @Test
    void a_machine_with_idle_time_stretches_nothing() {
        busy = 0.85;

        assertThat(afterSeconds(10)).isEqualTo(1);
    }

    @Test
    void a_machine_without_idle_time_doubles_the_pace_within_seconds_and_calms_down_again() {
        busy = 1;
        assertThat(afterSeconds(5)).isCloseTo(2, within(0.1));

        busy = 0.5;
        assertThat(afterSeconds(2)).isEqualTo(1);
    }

    @Test
    void in_between_the_pace_follows_the_load() {
        busy = 0.95;

        assertThat(afterSeconds(10)).isCloseTo(1.5, within(0.02));
    }

    @Test
    void one_busy_moment_changes_nothing() {
        busy = 1;

        assertThat(afterSeconds(0.5)).isEqualTo(1);
    }

    @Test
    void a_system_that_does_not_tell_its_load_stretches_nothing() {
        busy = -1;

        assertThat(afterSeconds(5)).isEqualTo(1);
    }

    @Test
    void all_callers_together_look_twice_a_second() {
        for (int call = 0; call < 1_000; call++) load.stretch();
        assertThat(looks).hasValue(1);

        clock.addAndGet(LOOK);
        load.stretch();
        assertThat(looks).hasValue(2);
    }

    @Test
    void the_load_of_this_machine_is_a_multiple_between_one_and_two() {
        assertThat(MachineLoad.shared().stretch()).isBetween(1.0, 2.0);
    }

    private double afterSeconds(double seconds) {
        double stretch = 1;
        for (long look = 0; look < seconds * 2; look++) {
            clock.addAndGet(LOOK);
            stretch = load.stretch();
        }
        return stretch;
    }
}
