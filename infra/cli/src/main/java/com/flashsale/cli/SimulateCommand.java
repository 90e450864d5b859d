package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
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
import java.nio.file.StandardOpenOption;
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
    private static final String PRINT = "-";

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
            description = "Write a page for a browser; by default below .run/simulate; - prints it.")
    private @Nullable String html;

    /** The script asks before it builds the tests, so that a bad option costs no build. */
    @Option(names = "--only-check", hidden = true)
    private boolean onlyCheck;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.ofThisRun();
        var directory = home.run().resolve("simulate");
        var known = lab == null ? null : lab(Labs.of(home.root()));
        var number = seed();
        var file = html == null || html.equals(DEFAULT) || html.equals(PRINT) ? null : writable(Path.of(html));
        if (onlyCheck) return ExitCode.OK;
        var watch = new WatchSeed(home.root(), directory, this::progress);
        var run = known == null ? watch.play(machine(), number) : watch.play(known, new Patch());
        show(run, known, file == null ? directory.resolve(name(run)) : file);
        return run.isGreen() ? ExitCode.OK : ExitCode.INVARIANT;
    }

    private void show(Recorded run, @Nullable Lab known, Path file) {
        var out = spec.commandLine().getOut();
        if (html == null) {
            SeedText.steps(run).forEach(out::println);
        } else {
            var page = SeedPage.of(run, known, replay(run));
            if (html.equals(PRINT)) out.print(page);
            else progress("PAGE       " + write(file, page).toAbsolutePath());
        }
        if (!PRINT.equals(html)) SeedText.verdict(run).forEach(out::println);
        out.flush();
    }

    /** Beside the output, which is the same for the same seed. */
    private void progress(String line) {
        var err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private Lab lab(Labs labs) throws IOException {
        if (seed != null || machine != null) throw ToolException.usage("--lab decides machine and seed.");
        var found = labs.find(String.valueOf(lab));
        WatchSeed.mustBeWatchable(found);
        return found;
    }

    private long seed() {
        try {
            var number = seed == null ? 1 : Long.decode(seed);
            if (number >= 0) return number;
        } catch (NumberFormatException noNumber) {
            // the same answer
        }
        throw ToolException.usage("The seed " + seed + " is no number from 0 on; give 42 or 0x2a.");
    }

    private static Path writable(Path file) {
        var parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) throw ToolException.usage(file + " is a directory; name a file in it.");
        if (parent == null || !Files.isDirectory(parent)) {
            throw ToolException.usage("The directory " + parent + " does not exist; make it or name another file.");
        }
        var isNew = Files.notExists(file);
        // rights do not tell all: a file system may be full, or none
        try (var _ = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (isNew) Files.delete(file);
        } catch (IOException unwritable) {
            throw unwritable(file, unwritable);
        }
        return file;
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
            throw unwritable(file, unwritable);
        }
    }

    private static ToolException unwritable(Path file, IOException reason) {
        return ToolException.usage(file + " cannot be written; name another file: " + reason);
    }
}
