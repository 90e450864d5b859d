package com.flashsale.customers.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.customers.demo.Fairness.Entry;
import com.flashsale.customers.demo.Fairness.TurnStep;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FairnessTest {

    private static final long NOON = 1_795_780_800_000L;

    @Test
    void a_number_that_the_serving_number_had_reached_is_fair() {
        assertThat(Fairness.ofTurns(
                        List.of(new TurnStep(10, NOON)), List.of(look(NOON - 500, 9), look(NOON + 4_000, 10))))
                .isZero();
    }

    @Test
    void a_number_admitted_before_its_turn_jumped_the_line() {
        var looks = List.of(look(NOON, 9), look(NOON + 4_000, 9), look(NOON + 60_000, 50));

        assertThat(Fairness.ofTurns(List.of(new TurnStep(10, NOON)), looks)).isEqualTo(1);
    }

    @Test
    void a_number_that_was_never_served_jumped_the_line_too() {
        assertThat(Fairness.ofTurns(List.of(new TurnStep(10, NOON + 90_000)), List.of(look(NOON, 9))))
                .isEqualTo(1);
    }

    @Test
    void offers_in_the_order_of_the_list_are_fair() {
        assertThat(Fairness.ofOffers(List.of(
                        new Entry("1", NOON, NOON + 5_000),
                        new Entry("2", NOON, NOON + 5_000),
                        new Entry("3", NOON, NOON + 20_000),
                        new Entry("4", NOON, null))))
                .isZero();
    }

    @Test
    void an_offer_while_an_earlier_entry_waits_is_an_inversion() {
        assertThat(Fairness.ofOffers(List.of(new Entry("1", NOON, NOON + 20_000), new Entry("2", NOON, NOON + 5_000))))
                .isEqualTo(1);
        assertThat(Fairness.ofOffers(List.of(new Entry("1", NOON, null), new Entry("2", NOON, NOON + 5_000))))
                .isEqualTo(1);
    }

    @Test
    void an_entry_that_came_after_the_offer_was_not_passed_over() {
        assertThat(Fairness.ofOffers(List.of(new Entry("1", NOON + 6_000, null), new Entry("2", NOON, NOON + 5_000))))
                .isZero();
    }

    @Test
    void an_id_tells_when_it_was_made() {
        assertThat(Fairness.madeAt(new UUID((NOON << 16) | 0x7abc, -1))).isEqualTo(NOON);
    }

    private static Timeline.Look look(long at, long serving) {
        return new Timeline.Look(0, at, 0, 0, 0, 100, serving, 0, 0, 0, 0);
    }
}
