package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {

    @Test
    void without_an_id_it_is_a_wrong_usage() {
        assertThat(FlashSale.run("explain")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void without_a_platform_there_is_nothing_to_explain(@TempDir Path nothingRuns) {
        var before = System.setProperty("flashsale.run", nothingRuns.toString());
        try {
            assertThat(FlashSale.run("explain", UUID.randomUUID().toString())).isEqualTo(ExitCode.PREREQUISITE);
        } finally {
            if (before == null) System.clearProperty("flashsale.run");
            else System.setProperty("flashsale.run", before);
        }
    }

    @Test
    void its_help_names_the_ids_and_the_ways_to_show_an_explanation() {
        var help = new CommandLine(new ExplainCommand()).getUsageMessage();

        assertThat(help).contains("ORDER|TICKET|CUSTOMER", "SALE/NUMBER", "--json", "--html", "--all");
    }
}
