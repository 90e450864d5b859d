package com.flashsale.load.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    private final List<Double> tried = new ArrayList<>();

    private double limitOf(double capacity, Search search) throws Exception {
        return search.highest(rate -> {
            tried.add(rate);
            return rate <= capacity;
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 20, 99, 100, 101, 733, 2_999})
    void finds_the_capacity_of_a_simulated_system_to_five_percent_from_below(double capacity) throws Exception {
        double found = limitOf(capacity, new Search(100, 1.5, 0.05, 3_000));

        assertThat(found).isLessThanOrEqualTo(capacity).isGreaterThan(capacity / 1.05);
        assertThat(tried).hasSizeLessThan(25);
    }

    @Test
    void a_system_that_holds_nothing_has_the_limit_zero() throws Exception {
        assertThat(limitOf(0, new Search(100, 1.5, 0.05, 3_000))).isZero();
    }

    @Test
    void a_system_without_a_limit_is_tried_up_to_the_ceiling_and_no_further() throws Exception {
        assertThat(limitOf(1e9, new Search(100, 1.5, 0.05, 3_000))).isEqualTo(3_000);
        assertThat(tried).allMatch(rate -> rate <= 3_000);
    }

    @Test
    void steps_go_up_by_half_before_the_gap_is_halved() throws Exception {
        limitOf(240, new Search(100, 1.5, 0.05, 3_000));

        assertThat(tried).startsWith(100.0, 150.0, 225.0, 337.5, (225.0 + 337.5) / 2);
    }

    @Test
    void a_search_that_cannot_go_up_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Search(100, 1, 0.05, 3_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Search(100, 1.5, 0.05, 50));
    }
}
