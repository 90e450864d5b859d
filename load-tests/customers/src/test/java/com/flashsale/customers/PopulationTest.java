package com.flashsale.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PopulationTest {

    private static final int MANY = 20_000;

    @Test
    void the_same_seed_draws_the_same_people() {
        assertThat(Population.draw(7, 1_000, BehaviourShares.usual()))
                .isEqualTo(Population.draw(7, 1_000, BehaviourShares.usual()));
        assertThat(Population.draw(8, 1_000, BehaviourShares.usual()).profiles())
                .isNotEqualTo(Population.draw(7, 1_000, BehaviourShares.usual()).profiles());
    }

    @Test
    void the_first_customers_play_the_same_roles_in_a_larger_crowd() {
        assertThat(Population.draw(7, 1_000, BehaviourShares.usual()).profiles())
                .startsWith(Population.draw(7, 100, BehaviourShares.usual())
                        .profiles()
                        .toArray(new CustomerProfile[0]));
    }

    @Test
    void habits_come_in_the_shares_that_were_asked_for() {
        var counts = Population.draw(1, MANY, BehaviourShares.usual()).counts();

        assertThat(share(counts.getOrDefault(Behaviour.NEVER_PAYS, 0))).isCloseTo(0.10, within(0.01));
        int declined = counts.getOrDefault(Behaviour.TRIES_ANOTHER_CARD, 0)
                + counts.getOrDefault(Behaviour.GIVES_UP_WHEN_DECLINED, 0);
        assertThat(share(declined)).isCloseTo(0.05, within(0.01));
        assertThat(share(counts.getOrDefault(Behaviour.CANCELS, 0))).isCloseTo(0.02, within(0.005));
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MANY);
    }

    @Test
    void one_share_changed_leaves_what_the_others_decided() {
        var usual = Population.draw(3, MANY, BehaviourShares.usual()).profiles();
        var loyal = Population.draw(3, MANY, new BehaviourShares(0.10, 0.05, 0.02, 0.6, 1.0, 0.8))
                .profiles();

        assertThat(loyal)
                .extracting(CustomerProfile::behaviour)
                .isEqualTo(usual.stream().map(CustomerProfile::behaviour).toList());
        assertThat(loyal)
                .extracting(CustomerProfile::joinsWaitlist)
                .isEqualTo(usual.stream().map(CustomerProfile::joinsWaitlist).toList());
    }

    @Test
    void would_pay_counts_those_who_end_up_with_a_unit() {
        var population = Population.draw(5, MANY, new BehaviourShares(0.5, 0.5, 0, 1, 0, 1));

        assertThat(population.wouldPay())
                .isEqualTo(population
                        .counts()
                        .getOrDefault(Behaviour.TRIES_ANOTHER_CARD, 0)
                        .longValue());
    }

    @Test
    void more_habits_than_people_are_refused() {
        assertThatThrownBy(() -> new BehaviourShares(0.6, 0.3, 0.2, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BehaviourShares(-0.1, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double share(int count) {
        return (double) count / MANY;
    }
}
