package com.flashsale.waitlist.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingTimeTest {

    @Test
    void no_waiting_time_is_guessed_while_the_pace_is_not_known() {
        assertThat(WaitingTime.of(100, 0)).isNull();
    }

    @Test
    void a_wait_is_a_wide_range() {
        assertThat(WaitingTime.of(60, 60)).isEqualTo(new WaitingTime(0, 60L));
        assertThat(WaitingTime.of(61, 60)).isEqualTo(new WaitingTime(60, 120L));
        assertThat(WaitingTime.of(240, 60)).isEqualTo(new WaitingTime(120, 300L));
        assertThat(WaitingTime.of(6_000, 60)).isEqualTo(new WaitingTime(3_600, null));
        assertThat(WaitingTime.of(-3, 60)).isEqualTo(new WaitingTime(0, 60L));
    }

    @Test
    void at_a_steady_pace_it_only_falls_as_the_line_moves() {
        var last = Long.MAX_VALUE;
        for (long ahead = 10_000; ahead >= 0; ahead--) {
            var shown = WaitingTime.of(ahead, 70);
            assertThat(shown).isNotNull();
            assertThat(shown.from()).isLessThanOrEqualTo(last);
            last = shown.from();
        }
    }
}
