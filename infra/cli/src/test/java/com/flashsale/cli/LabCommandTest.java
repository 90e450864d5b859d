package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabCommandTest {

    @TempDir
    private Path run;

    private final StringWriter output = new StringWriter();

    @BeforeEach
    void a_clone_without_copies() {
        System.setProperty("flashsale.root", Path.of("..", "..").toString());
        System.setProperty("flashsale.run", run.toString());
    }

    @AfterEach
    void as_before() {
        System.clearProperty("flashsale.root");
        System.clearProperty("flashsale.run");
    }

    private int lab(String... arguments) {
        var command = FlashSale.commandLine();
        var writer = new PrintWriter(output, true);
        command.setOut(writer).setErr(writer);
        var all = new String[arguments.length + 1];
        all[0] = "lab";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }

    @Test
    void without_a_number_it_lists_each_lab_with_its_guard_and_invariant() {
        assertThat(lab()).isEqualTo(ExitCode.OK);
        assertThat(output.toString().lines().filter(line -> line.matches("( \\d|1\\d)  .* I\\d+ +-")))
                .hasSize(12);
        assertThat(output.toString()).contains("claim of the idempotency key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "13", "first", "-1", "1 chekc", "all check", "1 check reset"})
    void another_lab_or_action_is_a_wrong_usage(String arguments) {
        assertThat(lab(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(output.toString()).isNotBlank();
    }

    @Test
    void a_check_before_the_lab_was_played_says_how_to_begin() {
        assertThat(lab("3", "check")).isEqualTo(ExitCode.USAGE);
        assertThat(output.toString()).contains("./flashsale lab 3 makes one");
    }

    @Test
    void outside_a_clone_there_is_nothing_to_play() {
        System.setProperty("flashsale.root", run.toString());

        assertThat(lab("1")).isEqualTo(ExitCode.PREREQUISITE);
        assertThat(output.toString()).contains("labs need a clone");
    }
}
