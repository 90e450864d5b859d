package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.local.starter.StarterShop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives a platform in containers or on a cluster the sale that {@code up} gives the one of this machine. */
@Command(
        name = "starter",
        description = "Put one product on sale, unless it is, and print the sale.",
        mixinStandardHelpOptions = true)
final class StarterCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var attached = Attached.require(Home.ofThisRun());
        spec.commandLine().getOut().println(StarterShop.tellOf(attached.context(), attached.state()));
        return ExitCode.OK;
    }
}
