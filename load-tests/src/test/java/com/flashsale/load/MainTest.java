package com.flashsale.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    private Path run;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(new PrintStream(output, true, StandardCharsets.UTF_8), arguments);
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void help_names_the_scenarios_and_all_options() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(text())
                .contains("smoke", "line-holders", "limit", "raw", "warm-up", "report", "compare", "plan", "newcomers")
                .contains(
                        "--quick",
                        "--jfr",
                        "--budget",
                        "--curve",
                        "--kill",
                        "--only",
                        "--rate",
                        "--for",
                        "--visitors",
                        "--log",
                        "--speed",
                        "--set");
    }

    @Test
    void without_an_argument_there_is_help_too() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("SCENARIO");
    }

    @Test
    void the_scenario_must_be_named() {
        assertThat(run("--rate=5")).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("Say which scenario");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke --visitor=20", "smoke --for=soon", "smoke again", "report", "compare one", "plan"})
    void wrong_arguments_are_a_usage_error(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void arguments_can_be_checked_without_a_run() {
        assertThat(run("--parse-only", "smoke", "--rate=5")).isEqualTo(ExitCode.OK);
        assertThat(run("--parse-only", "warm-up", "--curve", "--kill=order-service"))
                .isEqualTo(ExitCode.OK);
        assertThat(run("--parse-only", "limit", "--quick", "--jfr")).isEqualTo(ExitCode.OK);
        assertThat(run("--parse-only", "smoke", "--budget=budget.json")).isEqualTo(ExitCode.OK);
        assertThat(run("--parse-only", "smoke", "--visitor=5")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_budget_is_for_a_scenario() {
        assertThat(run("--parse-only", "limit", "--budget=budget.json")).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("--budget belongs to a scenario");
    }

    @Test
    void a_missing_result_is_a_usage_error() {
        assertThat(run("report", run.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("There is no result at");
    }
}
