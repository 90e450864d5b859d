package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.reports.TimeOption;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine;

/** The process that {@code ./flashsale load} starts, and that of the image. */
public final class Main {

    private Main() {}

    public static void main(String... arguments) {
        // figures are written for programs too: one decimal point everywhere
        Locale.setDefault(Locale.ROOT);
        System.exit(run(System.out, arguments));
    }

    static int run(PrintStream out, String... arguments) {
        var command = commandLine(new MeasureCommand(out)).setOut(new PrintWriter(out, true, out.charset()));
        if (arguments.length == 0) {
            command.usage(command.getOut());
            return ExitCode.USAGE;
        }
        return command.execute(arguments);
    }

    static CommandLine commandLine(MeasureCommand measure) {
        return new CommandLine(measure)
                .registerConverter(Duration.class, new TimeOption())
                .setExecutionExceptionHandler((fault, command, _) -> exitCode(fault, command.getOut()));
    }

    private static int exitCode(Exception fault, PrintWriter out) throws Exception {
        return switch (fault) {
            case ToolException known -> {
                out.println(known.text());
                yield known.exitCode();
            }
            case UnexpectedAnswer unexpected -> {
                out.println(unexpected.getMessage());
                yield ExitCode.START_FAILED;
            }
            case IllegalArgumentException usage -> {
                out.println(usage.getMessage());
                yield ExitCode.USAGE;
            }
            default -> throw fault;
        };
    }
}
