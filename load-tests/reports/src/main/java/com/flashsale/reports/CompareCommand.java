package com.flashsale.reports;

import com.flashsale.reports.result.Results;
import com.flashsale.reports.view.Comparison;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The changes from one result to another. */
@Command(name = "compare", description = "Compare two load tests' results.", mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A result.json or its directory.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", description = "A result.json or its directory.")
    private Path after = Path.of("");

    @Override
    public Integer call() throws Exception {
        spec.commandLine().getOut().println(Comparison.of(Results.read(before), Results.read(after)));
        return 0;
    }
}
