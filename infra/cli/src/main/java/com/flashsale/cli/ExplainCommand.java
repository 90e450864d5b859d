package com.flashsale.cli;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.explain.Explain;
import com.flashsale.audit.explain.Explanation;
import com.flashsale.audit.explain.HtmlPage;
import com.flashsale.audit.explain.TextPage;
import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains one order, ticket or customer as a time line over all services. */
@Command(
        name = "explain",
        description = "Explain an order, a ticket or a customer: rows, events, handled messages, log lines, decisions"
                + " and their reasons, as one time line. Exit code 6 when a part could not be read.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final String NO_CONNECTION = "08";
    private static final String TOO_SLOW = "57014";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ORDER|TICKET|CUSTOMER",
            description = "The id of an order, a payment, an admission, a waitlist entry or a customer;"
                    + " SALE/NUMBER for a number of the queue; or a signed ticket.")
    private String id = "";

    @Option(names = "--json", description = "JSON for scripts.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page for a browser into this file; - prints it instead.")
    private @Nullable Path html;

    @Option(
            names = "--all",
            description = "Read topics and logs to their ends, in the time that it takes. By default, a large topic is"
                    + " read only around the times of the rows.")
    private boolean all;

    @Override
    public Integer call() throws SQLException {
        var explanation = explain(Attached.require(Home.ofThisRun()).context());
        var out = spec.commandLine().getOut();
        if (html != null && html.toString().equals("-")) {
            out.print(HtmlPage.of(explanation));
        } else {
            if (html != null) write(html, HtmlPage.of(explanation));
            out.println(json ? Json.pretty(explanation) : TextPage.of(explanation));
        }
        out.flush();
        return explanation.complete() ? ExitCode.OK : ExitCode.UNFINISHED;
    }

    private Explanation explain(Context context) throws SQLException {
        var limits = all ? Explain.Limits.ALL : Explain.Limits.QUICK;
        var kafka = context.addresses().kafka();
        var logs = context.home().logs();
        try (var databases = Evidence.databasesOf(context, limits.statement())) {
            return new Explain(databases, kafka, Files.isDirectory(logs) ? logs : null, limits, Clock.systemUTC())
                    .explain(id)
                    .orElseThrow(ExplainCommand::unknown);
        } catch (SQLException failed) {
            throw told(failed, context);
        }
    }

    private static RuntimeException told(SQLException failed, Context context) throws SQLException {
        var state = String.valueOf(failed.getSQLState());
        if (state.equals(TOO_SLOW)) {
            return ToolException.ended(
                    ExitCode.UNFINISHED, "A query took too long; --all waits longer: " + failed.getMessage());
        }
        if (!state.startsWith(NO_CONNECTION)) throw failed;
        return ToolException.prerequisite(
                "PostgreSQL at " + context.addresses().postgres() + " does not answer: " + failed.getMessage());
    }

    /** The text may be a token, so it is not repeated. */
    private static ToolException unknown() {
        return ToolException.usage("No service knows this id. Give the id of an order, a payment, an admission,"
                + " a waitlist entry or a customer, SALE/NUMBER, or a signed ticket.");
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw ToolException.usage(file + " cannot be written: " + unwritable.getMessage());
        }
    }
}
