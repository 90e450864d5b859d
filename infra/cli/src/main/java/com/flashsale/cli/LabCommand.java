package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
import com.flashsale.labs.Labs;
import com.flashsale.labs.play.JudgeFix;
import com.flashsale.labs.play.PlayAllLabs;
import com.flashsale.labs.play.PlayLab;
import com.flashsale.labs.scratch.Patch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The labs of docs/labs. The script builds the tests before it asks for one. */
@Command(
        name = "lab",
        description = {
            "Remove one guard in a copy of a module, and see which promise breaks; then put a guard back.",
            "Without a number it lists the labs. 'all' plays each of them in a copy of its own.",
            "Exit code 0: the promise breaks (lab N), the fix is good (check). 5: the fix is not good yet."
        },
        mixinStandardHelpOptions = true)
final class LabCommand implements Callable<Integer> {

    enum Action {
        play,
        check,
        reset
    }

    private static final String ALL = "all";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "N", description = "The number of a lab, or 'all'.")
    private @Nullable String number;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "check judges the edited copy; reset deletes it. Default: play")
    private Action action = Action.play;

    @Option(
            names = "--fixed",
            paramLabel = "LABS",
            defaultValue = "1",
            description = "With 'all': how many labs are also checked with their guard back. Default: 1")
    private int fixed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.ofThisRun();
        var labs = Labs.of(home.root());
        var out = spec.commandLine().getOut();
        var copies = home.run().resolve("labs");
        var play = new PlayLab(home.root(), copies, new Patch());
        if (number == null) return list(labs, play, out);
        if (number.equals(ALL)) return all(labs, home.root(), copies.resolve(ALL), out);
        var lab = labs.find(number);
        return switch (action) {
            case play -> play.play(lab, out);
            case check -> new JudgeFix(home.root(), copies).check(lab, out);
            case reset -> {
                play.reset(lab);
                out.println("Lab " + lab.number() + " has no copy any more.");
                yield ExitCode.OK;
            }
        };
    }

    private int all(Labs labs, Path root, Path copies, PrintWriter out) throws IOException, InterruptedException {
        if (action != Action.play) throw ToolException.usage("'all' plays the labs; it has no " + action + ".");
        return new PlayAllLabs(root, copies, new Patch(), out).play(labs.all(), fixed);
    }

    private static int list(Labs labs, PlayLab play, PrintWriter out) throws IOException {
        out.println("%2s  %-44s %-43s %-4s %s".formatted("N", "lab", "guard that it removes", "", "copy"));
        for (Lab lab : labs.all()) {
            var state = switch (play.state(lab)) {
                case NEW -> "-";
                case BROKEN -> "broken";
                case EDITED, STALE -> "edited";
                case FIXED -> "fixed";
            };
            out.println("%2d  %-44s %-43s %-4s %s"
                    .formatted(lab.number(), lab.title(), lab.guard(), lab.invariant(), state));
        }
        out.println("./flashsale lab N plays one. The pages: docs/labs/README.md");
        return ExitCode.OK;
    }
}
