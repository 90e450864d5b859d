package com.flashsale.control.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.control.figures.SaleFigures.Sale;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleTrendsTest {

    private static final long SECOND = 1_000_000_000L;

    private final SaleTrends trends = new SaleTrends();

    private static Sale sale(String id, long issued, long serving) {
        return new Sale(id, "name", "OPEN", false, 0, 0, 500, 100, 0, 0, issued, serving, 0, 0);
    }

    private static Sale terms(String id, String state, long opensAt, long allotted) {
        return new Sale(id, "name", state, false, opensAt, 0, 500, allotted, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void the_wait_is_the_line_at_its_present_pace() {
        trends.take(List.of(sale("a", 100, 0)), SECOND);
        var now = trends.take(List.of(sale("a", 100, 20)), 3 * SECOND).getFirst();

        assertThat(now.servedPerSecond()).isEqualTo(10);
        assertThat(now.waiting()).isEqualTo(80);
        assertThat(now.waitSeconds()).isEqualTo(8);
    }

    @Test
    void the_wait_of_a_line_that_stands_is_unknown() {
        trends.take(List.of(sale("a", 100, 20)), SECOND);

        assertThat(trends.take(List.of(sale("a", 100, 20)), 2 * SECOND)
                        .getFirst()
                        .waitSeconds())
                .isNull();
    }

    @Test
    void the_first_sale_of_the_list_has_the_focus_until_something_happens() {
        trends.take(List.of(sale("a", 0, 0), sale("b", 5, 5)), SECOND);
        assertThat(trends.focus()).isEqualTo("a");

        trends.take(List.of(sale("a", 0, 0), sale("b", 6, 5)), 2 * SECOND);
        assertThat(trends.focus()).isEqualTo("b");

        trends.take(List.of(sale("a", 0, 0), sale("b", 6, 5)), 3 * SECOND);
        assertThat(trends.focus()).isEqualTo("b");
    }

    @Test
    void while_nothing_happens_the_largest_sale_that_runs_has_the_focus() {
        var running = List.of(
                terms("tomorrow", "SCHEDULED", 90, 50),
                terms("soon", "SCHEDULED", 10, 200),
                terms("few", "OPEN", 2, 3),
                terms("many", "OPEN", 1, 500),
                terms("paused", "PAUSED", 1, 100),
                terms("over", "ENDED", 0, 9000));
        trends.take(running, SECOND);
        assertThat(trends.focus()).isEqualTo("many");

        trends.take(running.subList(0, 2), 2 * SECOND);
        assertThat(trends.focus()).isEqualTo("soon");

        trends.take(running.subList(5, 6), 3 * SECOND);
        assertThat(trends.focus()).isEqualTo("over");
    }

    @Test
    void without_a_sale_there_is_no_focus() {
        trends.take(List.of(), SECOND);

        assertThat(trends.focus()).isNull();
    }
}
