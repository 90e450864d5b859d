package com.flashsale.reports.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.reports.Samples;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @Test
    void a_written_result_can_be_read_again(@TempDir Path run) throws IOException {
        var directory = Reports.write(run, Samples.full());

        assertThat(Results.read(directory)).isEqualTo(Samples.full());
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("<svg")
                .contains("p99 &lt;300&gt; ms");
    }

    @Test
    void a_second_of_visits_is_drawn_as_bars_and_points_and_not_as_a_line_between_two_points() {
        var page = Html.of(Samples.full());
        var operation = page.substring(page.indexOf("<h2>order"), page.indexOf("<h2>Settled"));

        assertThat(operation).contains("in each 100 ms", "<circle").doesNotContain("fill='none'");
    }

    @Test
    void a_rate_names_the_time_by_which_it_divides() {
        assertThat(Text.of(Samples.full())).contains("1.0/s accepted in 1.0 s, 2.0/s sent");
        assertThat(Html.of(Samples.full()))
                .contains("order: 1.0 accepted a second", "1500 visits in 15.0 s", "last accepted answer: 1.0 s");
    }

    @Test
    void a_raw_figure_below_a_hundred_keeps_its_decimals_and_is_no_rate() {
        assertThat(Text.amount(new Result.RawResult("processor: check, ms", 0.13, 0.13, "")))
                .isEqualTo("       0.130");
        assertThat(Text.amount(new Result.RawResult("insert", 900, 1.1, ""))).isEqualTo("       900/s");
    }

    @Test
    void a_warning_stands_in_both_reports() {
        assertThat(Text.of(Samples.full())).contains("WARNING order: the injector");
        assertThat(Html.of(Samples.full())).contains("<strong>WARNING</strong> order", "&lt;late&gt;");
    }

    @Test
    void a_warm_up_is_a_table_in_the_terminal_and_a_plot_in_the_page() {
        assertThat(Text.of(Samples.full()))
                .contains("join/s", "12.5 s after READY", "80 % of that from second 17")
                .contains("order-service was killed in second 20.0", "14 s after the kill");
        assertThat(Text.of(Samples.full())).doesNotContain("too short");
        assertThat(Html.of(Samples.full())).contains("<h2>Warm-up", "accepted answers in each second");
    }
}
