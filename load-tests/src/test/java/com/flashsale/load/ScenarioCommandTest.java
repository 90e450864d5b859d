package com.flashsale.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.ExitCode;
import com.flashsale.reports.result.Budget;
import com.flashsale.reports.result.CostCard;
import com.flashsale.reports.result.Result.AuditVerdict;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.Results;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioCommandTest {

    @TempDir
    private Path run;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    /** Ten orders cost 33 ms and 60 kB of the log. */
    private int finish(String budget) throws Exception {
        var file = Files.writeString(run.resolve("budget.json"), budget);
        var card = CostCard.of(10, 20, Map.of("gateway", 33L), Map.of("wal", 60_000L), 0);
        var checks = Budget.read(file, List.of("gateway")).checks(card);
        var result = Results.begun(Path.of("."), "story", "smoke", Map.of())
                .with(Findings.story(new AuditVerdict(true, ""), checks, List.of()));
        return new ScenarioCommand(new PrintStream(output, true, StandardCharsets.UTF_8)).finish(run, result);
    }

    @Test
    void a_run_above_its_budget_ends_with_exit_code_5_and_says_by_how_much() throws Exception {
        int code = finish("{\"cpuMillisPerOrder\": {\"gateway\": 3}, \"bytesPerOrder\": {\"wal\": 6000}}");

        assertThat(code).isEqualTo(ExitCode.INVARIANT).isEqualTo(5);
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("FAILS budget: cpuMillisPerOrder gateway at most 3.000: 3.300, 10.0 % above: 0.300 too much")
                .contains("holds budget: bytesPerOrder wal at most 6000: 6000, 0.0 % below");
    }

    @Test
    void a_run_within_its_budget_succeeds() throws Exception {
        assertThat(finish("{\"cpuMillisPerVisitor\": {\"total\": 1.7}}")).isEqualTo(ExitCode.OK);
    }
}
