package com.flashsale.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Comments of a source file, line by line, and the names of its tests. */
final class Comments {

    /** Text of one comment line without its marks. */
    record Line(int number, String text) {}

    /**
     * Literals first, so that a mark within one is none. Loops are unrolled, since the matcher recurses for each round.
     */
    private static final Pattern C_LIKE = Pattern.compile(
            "\"\"\"[^\"\\\\]*+(?:(?:\\\\.|\"(?!\"\"))[^\"\\\\]*+)*+\"\"\""
                    + "|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\""
                    + "|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'"
                    + "|`[^`\\\\]*+(?:\\\\.[^`\\\\]*+)*+`"
                    + "|(?<block>/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/)"
                    + "|(?<line>//[^\\n]*+)",
            Pattern.DOTALL);

    private static final Pattern DECORATION = Pattern.compile("^\\s*(?:/\\*\\*?|\\*/|\\*|//+)?\\s?|\\s*\\*/\\s*$");
    private static final Pattern HASH = Pattern.compile("^\\s*#+(?!!)\\s?(.*)$");
    private static final Pattern DASHES = Pattern.compile("^\\s*--\\s?(.*)$");
    private static final Pattern TEST = Pattern.compile("\\bvoid ([a-z0-9]+(?:_[A-Za-z0-9]+)+)\\(");

    private Comments() {}

    static List<Line> of(String file, String text) {
        if (file.endsWith(".java") || file.endsWith(".js")) return ofCLike(text);
        return ofLines(text, file.endsWith(".sql") || file.endsWith(".lua") ? DASHES : HASH);
    }

    static List<Line> testNames(String text) {
        var names = new ArrayList<Line>();
        TEST.matcher(text).results().forEach(found -> names.add(new Line(lineOf(text, found.start()), found.group(1))));
        return names;
    }

    private static List<Line> ofCLike(String text) {
        var comments = new ArrayList<Line>();
        C_LIKE.matcher(text).results().forEach(found -> {
            var comment = found.group("block") == null ? found.group("line") : found.group("block");
            if (comment == null) return;
            int number = lineOf(text, found.start());
            for (var line : comment.split("\n", -1)) {
                comments.add(new Line(number++, DECORATION.matcher(line).replaceAll("")));
            }
        });
        return comments;
    }

    private static List<Line> ofLines(String text, Pattern mark) {
        var comments = new ArrayList<Line>();
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var found = mark.matcher(line);
            if (found.matches()) comments.add(new Line(number, found.group(1)));
        }
        return comments;
    }

    private static int lineOf(String text, int index) {
        return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
    }
}
