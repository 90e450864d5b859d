package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.api.UnexpectedAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. A fault with a name is told in a sentence; only an unforeseen one shows its trace. */
@Command(
        name = "flashsale",
        mixinStandardHelpOptions = true,
        version = "flash-sale 1.0.0",
        description = "A flash-sale platform that cannot oversell, on this machine, without Docker.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "  test [maven arguments]   builds and tests everything (mvn verify)",
            "  check [maven arguments]  prose, format and compiler, no test",
            "  stages                   measures the stages of an order alone",
            "",
            "Exit codes: 0 ok, 2 usage, 3 prerequisites, 4 start failed, 5 invariant failed, 6 not all done."
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            RolloutCommand.class,
            RestartCommand.class,
            DoctorCommand.class,
            TokenCommand.class,
            StarterCommand.class,
            SwitchCommand.class,
            AuditCommand.class,
            ExplainCommand.class,
            DeadLettersCommand.class,
            DemoCommand.class,
            CrowdCommand.class,
            ChaosCommand.class,
            ControlRoomCommand.class,
            DrawCommand.class,
            LoadCommand.class,
            LabCommand.class,
            SimulateCommand.class,
            TrainCommand.class,
            LoadToolCommand.Report.class,
            LoadToolCommand.Compare.class,
            LoadToolCommand.Plan.class,
            CommandLine.HelpCommand.class
        })
public final class FlashSale {

    private FlashSale() {}

    /** All commands with their options; the documents are parsed by it too. */
    static CommandLine commandLine() {
        var commandLine = new CommandLine(new FlashSale());
        commandLine.setExecutionExceptionHandler((fault, command, _) -> report(fault, command));
        return commandLine;
    }

    public static int run(String... arguments) {
        var quickly = QuickExplain.fits(arguments) ? explainQuickly(arguments[1]) : null;
        if (quickly != null) return quickly;
        var commandLine = commandLine();
        if (arguments.length == 0) {
            commandLine.usage(commandLine.getOut());
            return ExitCode.USAGE;
        }
        return commandLine.execute(arguments);
    }

    /** Null when the command itself must look, or must name the fault. */
    private static @Nullable Integer explainQuickly(String id) {
        return new QuickExplain(Home.ofThisRun()).print(id, System.out);
    }

    private static int report(Exception fault, CommandLine command) {
        command.getOut().flush();
        return switch (fault) {
            case ToolException known -> told(command, known.text(), known.exitCode());
            case UnexpectedAnswer answer -> told(command, String.valueOf(answer.getMessage()), ExitCode.START_FAILED);
            case IllegalArgumentException usage -> told(command, String.valueOf(usage.getMessage()), ExitCode.USAGE);
            default -> {
                fault.printStackTrace(command.getErr());
                yield ExitCode.START_FAILED;
            }
        };
    }

    private static int told(CommandLine command, String text, int exitCode) {
        command.getErr().println(text);
        return exitCode;
    }
}
