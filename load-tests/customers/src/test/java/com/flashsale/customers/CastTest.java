package com.flashsale.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CastTest {

    private static final int MANY = 20_000;

    @Test
    void the_same_seed_draws_the_same_people() {
        assertThat(Cast.draw(7, 1_000, Habits.usual())).isEqualTo(Cast.draw(7, 1_000, Habits.usual()));
        assertThat(Cast.draw(8, 1_000, Habits.usual()).roles())
                .isNotEqualTo(Cast.draw(7, 1_000, Habits.usual()).roles());
    }

    @Test
    void the_first_customers_play_the_same_roles_in_a_larger_crowd() {
        assertThat(Cast.draw(7, 1_000, Habits.usual()).roles())
                .startsWith(Cast.draw(7, 100, Habits.usual()).roles().toArray(new Role[0]));
    }

    @Test
    void habits_come_in_the_shares_that_were_asked_for() {
        var counts = Cast.draw(1, MANY, Habits.usual()).counts();

        assertThat(share(counts.getOrDefault(Habit.NEVER_PAYS, 0))).isCloseTo(0.10, within(0.01));
        int declined =
                counts.getOrDefault(Habit.TRIES_ANOTHER_CARD, 0) + counts.getOrDefault(Habit.GIVES_UP_WHEN_DECLINED, 0);
        assertThat(share(declined)).isCloseTo(0.05, within(0.01));
        assertThat(share(counts.getOrDefault(Habit.CANCELS, 0))).isCloseTo(0.02, within(0.005));
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MANY);
    }

    @Test
    void one_share_changed_leaves_what_the_others_decided() {
        var usual = Cast.draw(3, MANY, Habits.usual()).roles();
        var loyal =
                Cast.draw(3, MANY, new Habits(0.10, 0.05, 0.02, 0.6, 1.0, 0.8)).roles();

        assertThat(loyal)
                .extracting(Role::habit)
                .isEqualTo(usual.stream().map(Role::habit).toList());
        assertThat(loyal)
                .extracting(Role::joinsWaitlist)
                .isEqualTo(usual.stream().map(Role::joinsWaitlist).toList());
    }

    @Test
    void would_pay_counts_those_who_end_up_with_a_unit() {
        var cast = Cast.draw(5, MANY, new Habits(0.5, 0.5, 0, 1, 0, 1));

        assertThat(cast.wouldPay())
                .isEqualTo(
                        cast.counts().getOrDefault(Habit.TRIES_ANOTHER_CARD, 0).longValue());
    }

    @Test
    void more_habits_than_people_are_refused() {
        assertThatThrownBy(() -> new Habits(0.6, 0.3, 0.2, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Habits(-0.1, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double share(int count) {
        return (double) count / MANY;
    }
}
