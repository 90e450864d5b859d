package com.flashsale.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets load tests in again. */
@Command(name = "on", description = "Serve load tests again.", mixinStandardHelpOptions = true)
final class LoadOnCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        return LoadOffCommand.turn(spec, true);
    }
}
