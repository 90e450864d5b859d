package com.flashsale.labs.watch;

import com.flashsale.labs.watch.Recorded.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A recording for a terminal: each step with its faults, then the verdict. */
public final class SeedText {

    private SeedText() {}

    public static List<String> steps(Recorded run) {
        int width = run.frames().stream()
                .mapToInt(frame -> frame.by().length())
                .max()
                .orElse(1);
        var line = "%4d  %-" + width + "s  %s%s";
        var lines = new ArrayList<String>();
        for (var frame : run.frames())
            lines.add(line.formatted(lines.size() + 1, frame.by(), frame.text(), marks(frame)));
        return lines;
    }

    private static String marks(Frame frame) {
        var marks = Frame.orNone(frame.marks());
        return marks.isEmpty() ? "" : "  [" + String.join(", ", marks) + "]";
    }

    public static List<String> verdict(Recorded run) {
        var ids = run.lamps().keySet();
        var lines = new ArrayList<String>();
        lines.add("SEED       %s of the machine %s: %d steps, hash %s"
                .formatted(
                        run.seed(),
                        run.machine().toLowerCase(Locale.ROOT),
                        run.frames().size(),
                        run.hash()));
        if (run.isGreen()) {
            lines.add("HOLDS      " + String.join(" ", ids));
        } else {
            lines.add("VIOLATED   " + String.join(" ", run.red()));
            String.valueOf(run.broken()).lines().forEach(line -> lines.add("           " + line));
        }
        return lines;
    }
}
