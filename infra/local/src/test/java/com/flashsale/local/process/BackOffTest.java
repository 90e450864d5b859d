package com.flashsale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final BackOff.Next QUICK = new BackOff.Next(Duration.ofSeconds(1), false);
    private static final BackOff.Next SLOW = new BackOff.Next(Duration.ofMinutes(1), true);

    @Test
    void each_death_doubles_the_wait_up_to_thirty_seconds() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        var waits = new ArrayList<Long>();

        for (int i = 0; i < 8; i++) {
            waits.add(backOff.afterDeathAt(NOON.plusSeconds(i)).pause().toSeconds());
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void from_the_eleventh_death_in_ten_minutes_on_it_is_tried_once_a_minute() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        for (int i = 0; i < 10; i++) {
            assertThat(backOff.afterDeathAt(NOON.plusSeconds(30L * i)).isSlow()).isFalse();
        }

        for (int minute = 8; minute < 60; minute++) {
            assertThat(backOff.afterDeathAt(NOON.plusSeconds(60L * minute))).isEqualTo(SLOW);
        }
    }

    @Test
    void a_failed_process_that_was_looked_after_or_has_lived_for_ten_minutes_is_tried_quickly_again() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        for (int i = 0; i <= 10; i++) backOff.afterDeathAt(NOON);
        assertThat(backOff.afterDeathAt(NOON)).isEqualTo(SLOW);

        backOff.forgive();
        assertThat(backOff.afterDeathAt(NOON)).isEqualTo(QUICK);

        for (int i = 0; i <= 10; i++) backOff.afterDeathAt(NOON);
        assertThat(backOff.afterDeathAt(NOON.plusSeconds(601))).isEqualTo(QUICK);
    }

    @Test
    void a_death_after_ten_quiet_minutes_starts_afresh() {
        var backOff = new BackOff(BackOff.Limits.USUAL);
        backOff.afterDeathAt(NOON);
        backOff.afterDeathAt(NOON.plusSeconds(1));

        assertThat(backOff.afterDeathAt(NOON.plusSeconds(601))).isEqualTo(QUICK);
    }
}
