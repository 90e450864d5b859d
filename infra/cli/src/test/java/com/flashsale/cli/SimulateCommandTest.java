package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {

    @TempDir
    private Path run;

    private final StringWriter output = new StringWriter();

    @BeforeEach
    void a_clone() {
        System.setProperty("flashsale.root", Path.of("..", "..").toString());
        System.setProperty("flashsale.run", run.toString());
    }

    @AfterEach
    void as_before() {
        System.clearProperty("flashsale.root");
        System.clearProperty("flashsale.run");
    }

    private int simulate(String... arguments) {
        var command = FlashSale.commandLine();
        var writer = new PrintWriter(output, true);
        command.setOut(writer).setErr(writer);
        return command.execute(
                Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "--seed abc,                     The seed abc is no number",
        "--seed=-1,                      The seed -1 is no number",
        "--seed 99999999999999999999,    is no number",
        "--machine payment,              'reservation, admission, waitlist'",
        "--lab 99,                       There is no lab 99",
        "--lab 6,                        Lab 6 is no simulation",
        "--lab 1 --seed 7,               --lab decides machine and seed",
        "--html /nowhere/page.html,      The directory /nowhere does not exist",
        "--html /proc,                   /proc is a directory",
        "--html /proc/page.html,         /proc/page.html cannot be written",
        "seven,                          seven"
    })
    void bad_input_is_a_wrong_usage_and_plays_nothing(String arguments, String message) {
        assertThat(simulate(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(output.toString()).contains(message).doesNotContain("PLAYING");
    }

    @Test
    void the_check_leaves_no_file_and_keeps_the_old_one() throws IOException {
        var file = run.resolve("page.html");

        assertThat(simulate("--html", file.toString(), "--only-check")).isEqualTo(ExitCode.OK);
        assertThat(file).doesNotExist();
        Files.writeString(file, "old");
        assertThat(simulate("--html", file.toString(), "--only-check")).isEqualTo(ExitCode.OK);
        assertThat(file).hasContent("old");
    }

    @Test
    void the_check_of_the_script_plays_nothing() {
        assertThat(simulate("--seed", "0x2a", "--html", "--only-check")).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void the_help_does_not_show_the_check() {
        assertThat(simulate("--help")).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).contains("--seed", "--lab", "--html").doesNotContain("--only-check");
    }
}
