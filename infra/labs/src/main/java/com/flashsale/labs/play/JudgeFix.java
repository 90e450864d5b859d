package com.flashsale.labs.play;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
import com.flashsale.labs.scratch.Compilation;
import com.flashsale.labs.scratch.ScratchCopy;
import com.flashsale.labs.scratch.TestProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the reader's fix: the test that broke must pass, the seeds after it as well, and the other tests of the lab.
 * All tests are those of the working tree.
 */
public final class JudgeFix {

    private final Path root;
    private final Path copies;

    public JudgeFix(Path root, Path copies) {
        this.root = root;
        this.copies = copies;
    }

    public int check(Lab lab, PrintWriter out) throws IOException, InterruptedException {
        var report = new Report(out);
        var copy = new ScratchCopy(root, copies, lab);
        var directory = root.relativize(copy.directory());
        switch (copy.state()) {
            case NEW ->
                throw ToolException.usage("Lab " + lab.number() + " has no copy to judge yet: ./flashsale lab "
                        + lab.number() + " makes one in " + directory + ".");
            case STALE -> throw PlayLab.stale(lab, directory);
            case BROKEN, EDITED, FIXED -> report.line("CHECK " + lab.number(), lab.title());
        }
        var errors = new Compilation(root, lab, copy).run();
        if (!errors.isEmpty()) {
            report.line("NOT FIXED", "the copy does not compile:");
            report.lines("", errors);
            return ExitCode.INVARIANT;
        }
        return judge(lab, copy, report);
    }

    private int judge(Lab lab, ScratchCopy copy, Report report) throws IOException, InterruptedException {
        var tests = new ArrayList<>(lab.play());
        tests.addAll(lab.also());
        report.line(
                "PLAYING",
                String.join(", ", tests)
                        + (lab.isSimulation() ? ", %d seeds from %d".formatted(lab.seeds(), lab.from()) : ""));
        var outcome = new TestProcess(root, lab, copy).run(List.copyOf(tests), lab.seedProperties());
        report.line(
                "",
                "%d tests in %.1f s"
                        .formatted(outcome.tests().size(), outcome.took().toMillis() / 1000.0));
        if (!outcome.allPassed()) {
            report.line("NOT FIXED", "the whole output: " + outcome.log());
            outcome.failures().forEach(report::failure);
            return ExitCode.INVARIANT;
        }
        copy.fixed();
        report.line(
                "FIXED",
                lab.invariant() + " holds again. Compare: git diff --no-index " + root.relativize(copy.original()) + " "
                        + root.relativize(copy.sources()));
        return ExitCode.OK;
    }
}
