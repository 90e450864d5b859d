package com.flashsale.reports.plot;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.reports.plot.Plot.Curve;
import com.flashsale.reports.plot.Plot.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotTest {

    private final StringBuilder svg = new StringBuilder();
    private final Plot plot = new Plot(svg, new Plot.Area(0, 0, 100, 100), Axis.linear(10), Axis.logarithmic(100));

    private static Curve curve(Point... points) {
        return new Curve("a <curve>", "red", List.of(points));
    }

    @Test
    void axes_begin_at_zero_and_have_round_ticks() {
        assertThat(Axis.linear(1_000).ticks()).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1_000.0);
        assertThat(Axis.linear(43.2).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
        assertThat(Axis.linear(0).ticks()).containsExactly(0.0, 1.0);
    }

    @Test
    void a_logarithmic_axis_begins_at_one_and_has_powers_of_ten() {
        assertThat(Axis.logarithmic(4_000).ticks()).containsExactly(1.0, 10.0, 100.0, 1_000.0);
        assertThat(Axis.logarithmic(0).ticks()).containsExactly(1.0, 10.0);
        assertThat(Axis.logarithmic(100).share(10)).isEqualTo(0.5);
        assertThat(Axis.logarithmic(100).share(0.2)).isZero();
    }

    @Test
    void a_line_goes_straight_from_point_to_point() {
        plot.line(curve(new Point(0, 1), new Point(5, 10), new Point(10, 100)));

        assertThat(svg).contains("M0.0 100.0 L0.0 100.0 L50.0 50.0 L100.0 0.0").contains("stroke='red'");
    }

    @Test
    void a_value_of_a_step_holds_until_the_next() {
        plot.steps(curve(new Point(0, 1), new Point(10, 100)));

        assertThat(svg).contains("M0.0 100.0 H0.0 V100.0 H100.0 V0.0");
    }

    @Test
    void a_band_is_filled_down_to_the_axis() {
        plot.band(curve(new Point(0, 100), new Point(10, 10)));

        assertThat(svg).contains("M0.0 100.0 H0.0 V0.0 H100.0 V50.0 V100.0 Z").contains("fill='red'");
    }

    @Test
    void a_curve_without_points_is_in_the_legend_alone() {
        plot.line(curve());

        assertThat(svg).contains(">a &lt;curve&gt;<").doesNotContain("<path");
    }
}
