package com.flashsale.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.reports.view.Reports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {

    /** The command of which these are parts. */
    @Command(subcommands = {ReportCommand.class, CompareCommand.class, PlanCommand.class})
    private static final class Whole {}

    @TempDir
    private Path run;

    private final StringWriter output = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new Whole())
                .registerConverter(Duration.class, new TimeOption())
                .setOut(new PrintWriter(output, true))
                .execute(arguments);
    }

    private String text() {
        return output.toString();
    }

    @Test
    void report_writes_the_page_again() throws IOException {
        var directory = Reports.write(run, Samples.full());
        Files.delete(directory.resolve("report.html"));

        assertThat(run("report", directory.resolve("result.json").toString())).isEqualTo(0);
        assertThat(text()).contains("limit settled   650/s", "report    ");
        assertThat(directory.resolve("report.html")).exists();
    }

    @Test
    void compare_puts_two_results_side_by_side() throws IOException {
        var directory = Reports.write(run, Samples.full()).toString();

        assertThat(run("compare", directory, directory)).isEqualTo(0);
        assertThat(text()).contains("limit abc -> abc", "limit settled", "650.0 ->      650.0");
    }

    @Test
    void plan_takes_the_crowd_from_its_options() throws IOException {
        var directory = Reports.write(run, Samples.full());
        var shopperPool = "--users=600 --arrive=1m --units=50 --headroom=0";

        assertThat(run(("plan " + shopperPool + " " + directory).split(" "))).isEqualTo(0);
        assertThat(text()).contains("600 users / 60 s", "50 units", "(1 + 0.00)");
        assertThat(directory.resolve("plan").resolve("kustomization.yaml")).exists();
    }

    @Test
    void plan_says_how_early_pods_are_needed() throws IOException {
        var directory = Reports.write(run, Samples.full()).toString();

        assertThat(run("plan", "--pod-start=40s", "--warm-up=" + directory, directory))
                .isEqualTo(0);
        assertThat(text()).contains("scale before the opening", " 57.0 s ");
        assertThat(run("plan", "--pod-start=soon", directory)).isEqualTo(2);
    }
}
