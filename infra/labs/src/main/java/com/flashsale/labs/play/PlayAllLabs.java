package com.flashsale.labs.play;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Lab;
import com.flashsale.labs.scratch.Patch;
import com.flashsale.labs.scratch.ScratchCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays labs in copies of their own, which the copies of a reader never notice. Without its guard each lab must break;
 * with the patch taken back, the check must say that it is fixed.
 */
public final class PlayAllLabs {

    /** A lab waits for its engines and its clock for much of its time. */
    private static final int AT_ONCE = 2;

    private final Path root;
    private final Path copies;
    private final Patch patch;
    private final PrintWriter out;

    /** @param copies a directory for the copies of this run; it is deleted lab by lab */
    public PlayAllLabs(Path root, Path copies, Patch patch, PrintWriter out) {
        this.root = root;
        this.copies = copies;
        this.patch = patch;
        this.out = out;
    }

    /** @param fixed how many of the labs are also judged with their guard back; each costs as much again */
    public int play(List<Lab> labs, int fixed) throws IOException, InterruptedException {
        try (var players = Executors.newFixedThreadPool(AT_ONCE)) {
            var verdicts = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < labs.size(); i++) {
                var lab = labs.get(i);
                boolean fixedToo = i < fixed;
                verdicts.add(players.submit(() -> behaves(lab, fixedToo)));
            }
            int code = ExitCode.OK;
            for (var verdict : verdicts) {
                if (!verdict.get()) code = ExitCode.START_FAILED;
            }
            return code;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case ToolException told -> throw told;
                case IOException told -> throw told;
                case null, default -> throw new IllegalStateException("a lab could not be played", failed);
            }
        }
    }

    private boolean behaves(Lab lab, boolean fixedToo) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var details = new StringWriter();
        var copy = new ScratchCopy(root, copies, lab);
        copy.reset();
        var told = "breaks " + lab.invariant();
        boolean fine = breaks(lab, new PrintWriter(details, true));
        if (fine && fixedToo) {
            fine = isFixed(lab, copy, new PrintWriter(details, true));
            told += ", and holds with the guard back";
        }
        if (fine) copy.reset();
        out.println("%-5s %2d  %-45s %s, %.1f s"
                .formatted(
                        fine ? "OK" : "FAILS",
                        lab.number(),
                        lab.title(),
                        fine ? told : "does not behave as its page says",
                        Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0));
        if (!fine) out.println(details);
        out.flush();
        return fine;
    }

    private boolean breaks(Lab lab, PrintWriter details) throws IOException, InterruptedException {
        try {
            return new PlayLab(root, copies, patch).play(lab, details) == ExitCode.OK;
        } catch (ToolException failed) {
            // without git no lab can be played; a patch that does not apply concerns one
            if (failed.exitCode() == ExitCode.PREREQUISITE) throw failed;
            details.println(failed.text());
            return false;
        }
    }

    private boolean isFixed(Lab lab, ScratchCopy copy, PrintWriter details) throws IOException, InterruptedException {
        var reasons = patch.reverse(lab.patch(), copy.directory());
        reasons.forEach(details::println);
        return reasons.isEmpty() && new JudgeFix(root, copies).check(lab, details) == ExitCode.OK;
    }
}
