package com.flashsale.reports;

import com.flashsale.reports.result.Results;
import com.flashsale.reports.view.Reports;
import com.flashsale.reports.view.Text;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the page of a result again, and prints the result in short. */
@Command(name = "report", description = "Show a load test's result.", mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RESULT", description = "A result.json or its directory.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var result = Results.read(file);
        var page = Reports.writePage(Results.directoryOf(file), result);
        out.println(Text.of(result));
        out.println("report    " + page);
        return 0;
    }
}
