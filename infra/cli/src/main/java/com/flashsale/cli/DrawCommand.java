package com.flashsale.cli;

import com.flashsale.audit.draw.DrawCheck;
import com.flashsale.audit.draw.KnownNumbers;
import com.flashsale.audit.draw.Numbered;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The draw of a lobby, checked with public information. */
@Command(name = "draw", description = "Check the draw of a lobby.", mixinStandardHelpOptions = true)
final class DrawCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "verify",
            description = {
                "Was the seed fixed before the sale, and which place does it give to a customer?",
                "Exit code 5 when the seed is not the one that was promised,"
                        + " or a lobby was not served in the order of its draw."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--sale", required = true, paramLabel = "ID", description = "The sale.") UUID sale,
            @Option(names = "--customer", paramLabel = "ID", description = "Whose place is wanted; more than once.")
                    @Nullable
                    List<UUID> customers,
            @Option(names = "--all", description = "Everybody whose number the local databases know.") boolean all,
            @Option(
                            names = "--lobby",
                            paramLabel = "PEOPLE",
                            defaultValue = "0",
                            description = "How many stood in the lobby: their order is checked.")
                    long lobby,
            @Option(names = "--url", paramLabel = "URL", description = "A gateway elsewhere. Default: the local one")
                    @Nullable
                    String url)
            throws SQLException {
        var draw = Call.get("/api/v1/sales/" + sale + "/queue/draw");
        try (var api = new Api(
                url == null ? Attached.require(Home.ofThisRun()).context().gatewayUrl() : url)) {
            var published = api.patiently(draw, PATIENCE);
            published.require(draw);
            var verdict = new DrawCheck(published, people(sale, customers, all), lobby).verdict();
            verdict.lines().forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return verdict.holds() ? ExitCode.OK : ExitCode.INVARIANT;
        }
    }

    private static List<Numbered> people(UUID sale, @Nullable List<UUID> customers, boolean all) throws SQLException {
        var people = new ArrayList<Numbered>();
        if (customers != null) {
            customers.forEach(customer -> people.add(new Numbered(customer, 0)));
        }
        if (all) {
            try (var databases =
                    Evidence.databasesOf(Attached.require(Home.ofThisRun()).context())) {
                people.addAll(KnownNumbers.of(sale, databases));
            }
        }
        return people;
    }
}
