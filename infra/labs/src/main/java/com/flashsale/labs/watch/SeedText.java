package com.flashsale.labs.watch;

import com.flashsale.labs.watch.Recorded.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A recording for a terminal: each step with its faults, then the verdict. */
public final class SeedText {

    private SeedText() {}

    public static List<String> steps(Recorded run) {
        var lines = new ArrayList<String>();
        int number = 0;
        for (var frame : run.frames()) lines.add("%4d  %s%s".formatted(++number, frame.text(), marks(frame)));
        return lines;
    }

    private static String marks(Frame frame) {
        var marks = Objects.requireNonNullElse(frame.marks(), List.<String>of());
        return marks.isEmpty() ? "" : "  [" + String.join(", ", marks) + "]";
    }

    public static List<String> verdict(Recorded run) {
        var ids = run.lamps().keySet();
        var lines = new ArrayList<String>();
        lines.add("SEED       %s of the machine %s: %d steps, hash %s"
                .formatted(run.seed(), run.machine(), run.frames().size(), run.hash()));
        if (run.isGreen()) {
            lines.add("HOLDS      " + String.join(" ", ids));
        } else {
            lines.add("VIOLATED   " + String.join(" ", run.red()));
            String.valueOf(run.broken()).lines().forEach(line -> lines.add("           " + line));
        }
        return lines;
    }
}
