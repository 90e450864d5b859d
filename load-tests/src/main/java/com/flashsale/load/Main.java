package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.load.plan.Demand;
import com.flashsale.load.plan.Patch;
import com.flashsale.load.plan.Plan;
import com.flashsale.load.report.Reports;
import com.flashsale.load.report.Text;
import com.flashsale.load.result.Results;
import com.flashsale.load.story.Stories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The process that {@code ./flashsale load} starts, and that of the image. */
public final class Main {

    private static final String HELP = """
            <story> [--rate N] [--for TIME] [--visitors N]   one of %s
            limit [--quick] [--only OPERATION]               the highest rates that are held
            raw                                              the engines by themselves
            warm-up                                          buy until it no longer gets faster
            report DIRECTORY | compare BEFORE AFTER          results again
            plan [--users N] [--units N] DIRECTORY           replicas for a crowd, from a result of limit""".formatted(Stories.NAMES);

    private Main() {}

    public static void main(String... arguments) throws Exception {
        // figures are written for programs too: one decimal point everywhere
        Locale.setDefault(Locale.ROOT);
        System.exit(run(System.out, Arrays.asList(arguments)));
    }

    static int run(PrintStream out, List<String> arguments) throws Exception {
        if (arguments.isEmpty() || arguments.getFirst().equals("--help")) {
            out.println(HELP);
            return arguments.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
        }
        try {
            var options = Options.of(arguments.subList(1, arguments.size()));
            return switch (arguments.getFirst()) {
                case "limit" -> new LimitCommand(out).run(options);
                case "warm-up" -> new WarmUpCommand(out).run();
                case "raw" -> new RawCommand(out).run(options);
                case "report" -> report(out, options);
                case "compare" -> compare(out, options);
                case "plan" -> plan(out, options);
                case String story -> new StoryCommand(out).run(story, options);
            };
        } catch (ToolException known) {
            out.println(known.text());
            return known.exitCode();
        } catch (UnexpectedAnswer answer) {
            out.println(answer.getMessage());
            return ExitCode.START_FAILED;
        } catch (IllegalArgumentException usage) {
            out.println(usage.getMessage());
            return ExitCode.USAGE;
        }
    }

    private static int report(PrintStream out, Options options) throws IOException {
        var file = options.path(0);
        var result = Results.read(file);
        var directory = Files.isDirectory(file) ? file : file.resolveSibling("");
        var page = Reports.writePage(directory, result);
        out.println(Text.of(result));
        out.println("report    " + page);
        return ExitCode.OK;
    }

    private static int compare(PrintStream out, Options options) throws IOException {
        var before = Results.read(options.path(0));
        var after = Results.read(options.path(1));
        out.println(Text.compare(before, after));
        return ExitCode.OK;
    }

    private static int plan(PrintStream out, Options options) throws IOException {
        var file = options.path(0);
        var demand = new Demand(
                (long) options.number("users", 1_000_000),
                options.time("arrive", Duration.ofSeconds(60)),
                (long) options.number("units", 10_000),
                options.number("headroom", 30) / 100);
        var plan = Plan.of(demand, Results.read(file));
        var directory = Files.isDirectory(file) ? file : file.resolveSibling("");
        var patch = directory.resolve("plan").resolve("kustomization.yaml");
        Files.createDirectories(directory.resolve("plan"));
        Files.writeString(patch, Patch.of(plan));
        out.println(plan.text());
        out.println("patch     " + patch);
        return ExitCode.OK;
    }
}
