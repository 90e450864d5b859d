package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Messages that the services could not take in. */
@Command(
        name = "dead-letters",
        description = {
            "Messages that a service has set aside: list them, read one, send them again.",
            "An ID is TOPIC.dlt:PARTITION:OFFSET, or the ce_id of the event."
        },
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersReplayCommand.class},
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
