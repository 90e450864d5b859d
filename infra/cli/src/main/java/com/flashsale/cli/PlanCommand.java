package com.flashsale.cli;

import com.flashsale.client.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From measured limits to what another crowd needs. */
@Command(
        name = "plan",
        description = "What a crowd needs, from a result of 'load limit'; writes a Kubernetes patch beside it.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RESULT", description = "A result.json of 'load limit', or its directory.")
    private Path result = Path.of("");

    @Option(names = "--users", defaultValue = "1000000", description = "Who come. Default: ${DEFAULT-VALUE}")
    private String users = "";

    @Option(names = "--arrive", defaultValue = "60s", description = "Within which time. Default: ${DEFAULT-VALUE}")
    private String arrive = "";

    @Option(names = "--units", defaultValue = "10000", description = "On sale. Default: ${DEFAULT-VALUE}")
    private String units = "";

    @Option(
            names = "--headroom",
            defaultValue = "30",
            paramLabel = "PERCENT",
            description = "Kept free. Default: ${DEFAULT-VALUE}")
    private String headroom = "";

    @Override
    public Integer call() throws Exception {
        return new LoadTool(Home.ofThisRun())
                .run(List.of(
                        "plan",
                        result.toAbsolutePath().toString(),
                        "--users=" + users,
                        "--arrive=" + arrive,
                        "--units=" + units,
                        "--headroom=" + headroom));
    }
}
