package com.flashsale.cli;

import com.flashsale.client.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The changes from one result to another. */
@Command(name = "compare", description = "Compare two load tests' results.", mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A result.json or its directory.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", description = "A result.json or its directory.")
    private Path after = Path.of("");

    @Override
    public Integer call() throws Exception {
        return new LoadTool(Home.ofThisRun())
                .run(List.of(
                        "compare",
                        before.toAbsolutePath().toString(),
                        after.toAbsolutePath().toString()));
    }
}
