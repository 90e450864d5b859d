package com.flashsale.labs.play;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
import com.flashsale.labs.LabPage;
import com.flashsale.labs.scratch.Compilation;
import com.flashsale.labs.scratch.Outcome;
import com.flashsale.labs.scratch.Patch;
import com.flashsale.labs.scratch.ScratchCopy;
import com.flashsale.labs.scratch.ScratchCopy.State;
import com.flashsale.labs.scratch.TestProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Removes the guard of a lab in a scratch copy, plays the test that breaks, and shows the violation. */
public final class PlayLab {

    private final Path root;
    private final Path copies;
    private final Patch patch;

    /** @param copies directory of all scratch copies */
    public PlayLab(Path root, Path copies, Patch patch) {
        this.root = root;
        this.copies = copies;
        this.patch = patch;
    }

    /** Ok when the promise breaks, as a lab says; the exit code of an unexpected response when it holds. */
    public int play(Lab lab, PrintWriter out) throws IOException, InterruptedException {
        var report = new Report(out);
        var copy = new ScratchCopy(root, copies, lab);
        prepare(lab, copy);
        var page = LabPage.of(lab);
        report.line("LAB " + lab.number(), lab.title());
        report.lines("", page.section("Story"));
        report.line("REMOVED", lab.guard());
        report.line("", "in a copy of " + lab.module() + ": " + root.relativize(copy.sources()));
        var outcome = run(lab, copy, report);
        var violation = violation(lab, outcome);
        if (violation.isEmpty()) return unexpected(lab, outcome, report);
        report.line(
                "VIOLATED",
                lab.invariant() + " of docs/reliability.md, in "
                        + violation.get().name());
        report.message(violation.get().message());
        report.lines("MEANING", page.section("Meaning"));
        report.lines("LOOK AT", page.section("Where to look"));
        report.line("NEXT", "put a guard back in " + root.relativize(copy.sources()));
        report.line(
                "", "./flashsale lab " + lab.number() + " check   judges it; hints: " + root.relativize(lab.page()));
        return ExitCode.OK;
    }

    private void prepare(Lab lab, ScratchCopy copy) throws IOException, InterruptedException {
        var command = "./flashsale lab " + lab.number();
        switch (copy.state()) {
            case NEW -> copy.create(patch);
            case BROKEN -> {}
            case EDITED, FIXED ->
                throw ToolException.usage("The copy in " + root.relativize(copy.directory()) + " has your changes: "
                        + command + " check judges them, " + command + " reset deletes the copy.");
            case STALE -> throw stale(lab, root.relativize(copy.directory()));
        }
    }

    static ToolException stale(Lab lab, Path directory) {
        return ToolException.usage("The module " + lab.module() + " has changed since " + directory
                + " was copied. Save your changes elsewhere, then ./flashsale lab " + lab.number() + " reset");
    }

    private Outcome run(Lab lab, ScratchCopy copy, Report report) throws IOException, InterruptedException {
        var errors = new Compilation(root, lab, copy).run();
        if (!errors.isEmpty()) {
            throw ToolException.startFailed(
                    "Lab %d, %s: the module does not compile without its guard.".formatted(lab.number(), lab.title()),
                    errors);
        }
        report.line(
                "PLAYING", String.join(", ", lab.play()) + (lab.isSimulation() ? ", seeds from " + lab.from() : ""));
        var outcome = new TestProcess(root, lab, copy).run(lab.play(), lab.seedProperties());
        report.line("", "%.1f s".formatted(outcome.took().toMillis() / 1000.0));
        return outcome;
    }

    /** A test that could not begin shows nothing about the guard. */
    private static Optional<Outcome.Test> violation(Lab lab, Outcome outcome) {
        return outcome.failures().stream()
                .filter(test -> test.status().equals("FAILED"))
                .filter(test -> lab.violation().matcher(test.message()).find())
                .findFirst();
    }

    private static int unexpected(Lab lab, Outcome outcome, Report report) {
        report.line(
                "UNEXPECTED",
                "lab %d, %s: no test failed with '%s'".formatted(lab.number(), lab.title(), lab.violation()));
        outcome.failures().forEach(report::failure);
        report.line("", "The whole output: " + outcome.log());
        return ExitCode.START_FAILED;
    }

    /** Whether the scratch copy is new, edited or fixed. */
    public State state(Lab lab) throws IOException {
        return new ScratchCopy(root, copies, lab).state();
    }

    public void reset(Lab lab) throws IOException {
        new ScratchCopy(root, copies, lab).reset();
    }
}
