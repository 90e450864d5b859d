package com.flashsale.cli;

import com.flashsale.audit.Audit;
import com.flashsale.audit.AuditWatch;
import com.flashsale.audit.Findings;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.platform.Context;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the invariants over all databases and topics of the running platform, once or for a while. */
@Command(
        name = "audit",
        description = "Check the invariants over all databases and topics; exit code 5 when one is violated.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

    private static final int LONGEST_SETTLING = 300;
    private static final int LONGEST_WATCH = 24 * 60 * 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "JSON for scripts.")
    private boolean json;

    @Option(
            names = "--settle",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description =
                    "How long services may take to agree before it counts as a violation. Default: ${DEFAULT-VALUE}")
    private int settle;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Look once a second for so long at what every committed snapshot must show,"
                    + " and print what is seen.")
    private @Nullable Integer watch;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        if (settle < 0 || settle > LONGEST_SETTLING) {
            throw new IllegalArgumentException("--settle must be 0 to " + LONGEST_SETTLING);
        }
        if (watch != null && (watch < 1 || watch > LONGEST_WATCH)) {
            throw new IllegalArgumentException("--watch must be 1 to " + LONGEST_WATCH);
        }
        var context = Attached.require(Home.ofThisRun()).context();
        return watch == null ? once(context) : watch(context, Duration.ofSeconds(watch));
    }

    private int once(Context context) throws SQLException, InterruptedException {
        try (var evidence = Evidence.of(context)) {
            var report = new Audit(evidence, Clock.systemUTC(), Duration.ofSeconds(settle)).run();
            out().println(json ? Json.pretty(report) : report.text());
            return report.green() ? ExitCode.OK : ExitCode.INVARIANT;
        }
    }

    /** As JSON: a line for each violation when it is seen, the whole at the end. */
    private int watch(Context context, Duration time) throws InterruptedException {
        try (var watching = AuditWatch.start(context, this::tell)) {
            Thread.sleep(time);
            var findings = watching.stop();
            out().println(json ? Json.line(findings) : findings.text());
            return findings.green() ? ExitCode.OK : ExitCode.INVARIANT;
        }
    }

    private void tell(Findings.Violation violation) {
        out().println(json ? Json.line(violation) : violation.text());
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
