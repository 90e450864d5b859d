package com.flashsale.cli;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.loadtest.LoadTestReplicas;
import com.flashsale.client.loadtest.Purge;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes a load test and proves it; exit code 5 if the proof fails. */
@Command(
        name = "purge",
        description = "Remove every trace of a load test, and prove that nothing else changed. Real traffic may go on.",
        mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "Its name, as it was told when it began.")
    private String run = "";

    @Option(names = "--json", description = "The proof for programs.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (!run.matches(NAME)) throw new IllegalArgumentException("That is no name of a load test: " + run);
        var platform = Attached.require(Home.ofThisRun());
        try (var replicas = new LoadTestReplicas(platform.state(), LoadOffCommand.token(platform));
                var databases = Evidence.databasesOf(platform.context())) {
            var proof = new Purge(replicas, databases).of(run);
            spec.commandLine().getOut().println(json ? Json.pretty(proof) : proof.text());
            return proof.holds() ? ExitCode.OK : ExitCode.INVARIANT;
        }
    }
}
