package com.flashsale.cli;

import com.flashsale.client.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A command that the module {@code load-tests} parses and runs: all arguments pass through, {@code --help} too. */
abstract class LoadToolCommand implements Callable<Integer> {

    private final String name;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private LoadToolCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() throws Exception {
        return new LoadTool(Home.ofThisRun()).run(command());
    }

    List<String> command() {
        var command = new ArrayList<>(List.of(name));
        command.addAll(arguments);
        return command;
    }

    @Command(name = "report", description = "Show a load test's result.")
    static final class Report extends LoadToolCommand {
        Report() {
            super("report");
        }
    }

    @Command(name = "compare", description = "Compare two load tests' results.")
    static final class Compare extends LoadToolCommand {
        Compare() {
            super("compare");
        }
    }

    @Command(
            name = "plan",
            description = "What a crowd needs, from a result of 'load limit'; writes a Kubernetes patch beside it.")
    static final class Plan extends LoadToolCommand {
        Plan() {
            super("plan");
        }
    }
}
