package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Labs;
import com.flashsale.labs.scratch.Patch;
import com.flashsale.labs.watch.Machine;
import com.flashsale.labs.watch.Recorded;
import com.flashsale.labs.watch.SeedPage;
import com.flashsale.labs.watch.SeedText;
import com.flashsale.labs.watch.WatchSeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One seed of a simulation, to be read or watched. The script builds the tests before it asks for one. */
@Command(
        name = "simulate",
        description = {
            "Play one seed of a simulation: a small sale in which processes die and messages come late or twice.",
            "It prints each step, or writes a page that plays them. Exit code 5: a promise is violated."
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    private static final String DEFAULT = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", paramLabel = "N", description = "Decimal, or 0x and hexadecimal. Default: 1")
    private @Nullable String seed;

    @Option(names = "--machine", description = "One of ${COMPLETION-CANDIDATES}. Default: reservation")
    private @Nullable Machine machine;

    @Option(
            names = "--lab",
            paramLabel = "N",
            description = "Without the guard of this lab, the first of its seeds that violates a promise.")
    private @Nullable String lab;

    @Option(
            names = "--html",
            arity = "0..1",
            fallbackValue = DEFAULT,
            paramLabel = "FILE",
            description = "Write a page for a browser; by default below .run/simulate.")
    private @Nullable String html;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var directory = Home.ofThisRun().run().resolve("simulate");
        var run = played(new WatchSeed(Home.ofThisRun().root(), directory));
        var out = spec.commandLine().getOut();
        if (html == null) SeedText.steps(run).forEach(out::println);
        SeedText.verdict(run).forEach(out::println);
        if (html != null) {
            var file = html.equals(DEFAULT) ? directory.resolve(name(run)) : Path.of(html);
            out.println("PAGE       " + write(file, SeedPage.of(run, replay(run))));
        }
        out.flush();
        return run.isGreen() ? ExitCode.OK : ExitCode.INVARIANT;
    }

    private Recorded played(WatchSeed watch) throws IOException, InterruptedException {
        if (lab == null) return watch.play(machine(), seed());
        if (seed != null || machine != null) throw ToolException.usage("--lab decides machine and seed.");
        return watch.play(Labs.of(Home.ofThisRun().root()).find(lab), new Patch());
    }

    private long seed() {
        try {
            return seed == null ? 1 : Long.decode(seed);
        } catch (NumberFormatException noNumber) {
            throw ToolException.usage("The seed " + seed + " is no number: give 42 or 0x2a.");
        }
    }

    private Machine machine() {
        return machine == null ? Machine.RESERVATION : machine;
    }

    private String name(Recorded run) {
        var name = run.machine() + "-" + run.seed() + (lab == null ? "" : "-lab-" + lab) + ".html";
        return name.toLowerCase(Locale.ROOT);
    }

    private String replay(Recorded run) {
        if (lab != null) return "./flashsale simulate --lab " + lab;
        return "./flashsale simulate --machine " + machine() + " --seed " + run.seed();
    }

    private static Path write(Path file, String page) {
        try {
            return Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw ToolException.usage(file + " cannot be written: " + unwritable.getMessage());
        }
    }
}
