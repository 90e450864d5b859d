package com.flashsale.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void each_death_doubles_the_wait_up_to_thirty_seconds() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        var waits = new ArrayList<Long>();

        for (int i = 0; i < 8; i++) {
            waits.add(backOff.afterDeathAt(NOON.plusSeconds(i)).orElseThrow().toSeconds());
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void the_eleventh_death_in_ten_minutes_is_the_last() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        for (int i = 0; i < 10; i++) {
            assertThat(backOff.afterDeathAt(NOON.plusSeconds(30L * i))).isPresent();
        }

        assertThat(backOff.afterDeathAt(NOON.plusSeconds(500))).isEmpty();
    }

    @Test
    void a_death_after_ten_quiet_minutes_starts_afresh() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        backOff.afterDeathAt(NOON);
        backOff.afterDeathAt(NOON.plusSeconds(1));

        assertThat(backOff.afterDeathAt(NOON.plusSeconds(601))).contains(Duration.ofSeconds(1));
    }
}
