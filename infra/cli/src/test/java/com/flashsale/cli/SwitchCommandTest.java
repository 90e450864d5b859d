package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"payments", "payments perhaps", "payments ON", "payments on off"})
    void a_switch_needs_a_clear_state(String line) {
        assertThat(FlashSale.run(("switch " + line).split(" "))).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"switch", "switch payments off"})
    void without_a_platform_there_is_nothing_to_turn(String line, @TempDir Path nothingRuns) {
        var before = System.setProperty("flashsale.run", nothingRuns.toString());
        try {
            assertThat(FlashSale.run(line.split(" "))).isEqualTo(ExitCode.PREREQUISITE);
        } finally {
            if (before == null) System.clearProperty("flashsale.run");
            else System.setProperty("flashsale.run", before);
        }
    }

    @Test
    void its_help_says_when_a_change_takes_effect() {
        var help = FlashSale.commandLine().getSubcommands().get("switch").getUsageMessage();

        assertThat(help).contains("NAME", "on|off").containsPattern("two\\s+seconds");
    }
}
