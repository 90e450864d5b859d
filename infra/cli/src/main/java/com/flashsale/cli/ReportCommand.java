package com.flashsale.cli;

import com.flashsale.client.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the page of a result again, and prints the result in short. */
@Command(name = "report", description = "Show a load test's result.", mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RESULT", description = "A result.json or its directory.")
    private Path result = Path.of("");

    @Override
    public Integer call() throws Exception {
        return new LoadTool(Home.ofThisRun())
                .run(List.of("report", result.toAbsolutePath().toString()));
    }
}
