package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadCommandTest {

    private static LoadCommand parsed(String line) {
        var command = new LoadCommand();
        new CommandLine(command).parseArgs(line.split(" "));
        return command;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smoke",
                "smoke --rate=20 --for 90s",
                "--rate 20 steady --quick",
                "limit --set start=200 --set=hold=15s --only settled",
                "report somewhere",
                "smoke --no-such-option"
            })
    void arguments_of_the_load_tests_pass_through_in_their_order(String line) {
        assertThat(parsed(line).arguments()).containsExactly(line.split(" "));
    }

    @Test
    void options_of_the_platform_stay_here() {
        var command =
                parsed("--up --fresh --port-base 9000 --replicas order-service=2 smoke --jvm steady --rate 5 --json"
                        + " --plain --with traces --traces-ratio 0.5");

        assertThat(command.arguments()).containsExactly("smoke", "--rate", "5");
        assertThat(command.isWithPlatform()).isTrue();
    }

    @Test
    void without_a_scenario_the_command_is_not_complete() {
        assertThat(FlashSale.run("load")).isEqualTo(ExitCode.USAGE);
        assertThat(FlashSale.run("load", "--up", "--fresh")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void commands_about_results_pass_all_arguments_through() {
        var plan = new LoadToolCommand.Plan();
        new CommandLine(plan).parseArgs("--users=10", "--arrive", "1m", "result", "--help");

        assertThat(plan.command()).isEqualTo(List.of("plan", "--users=10", "--arrive", "1m", "result", "--help"));
    }
}
