package com.flashsale.labs.play;

import com.flashsale.labs.scratch.Outcome;
import java.io.PrintWriter;
import java.util.List;

/** The output of a lab: a word in capitals, then text. */
final class Report {

    /** The first lines of a message tell the promise and the seed, the last ones the steps that broke it. */
    private static final int FIRST = 3;

    private static final int LAST = 14;

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void line(String word, String text) {
        out.println("%-11s %s".formatted(word, text).stripTrailing());
        out.flush();
    }

    void lines(String word, List<String> text) {
        var next = word;
        for (var each : text) {
            line(next, each);
            next = "";
        }
    }

    void failure(Outcome.Test test) {
        line(test.status(), test.name());
        message(test.message());
    }

    void message(String message) {
        var lines = message.strip().lines().toList();
        int hidden = lines.size() - FIRST - LAST;
        if (hidden <= 1) {
            lines("", indented(lines));
            return;
        }
        lines("", indented(lines.subList(0, FIRST)));
        line("", "  ... " + hidden + " lines ...");
        lines("", indented(lines.subList(FIRST + hidden, lines.size())));
    }

    private static List<String> indented(List<String> lines) {
        return lines.stream().map(line -> "  " + line).toList();
    }
}
