package com.flashsale.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A Markdown page: its lines outside code, its sentences, its headings and its links. */
final class Markdown {

    /** @param line where the sentence begins */
    record Sentence(int line, String text, int words) {}

    record Link(int line, String target) {}

    private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*");
    private static final Pattern BLOCK = Pattern.compile("^\\s*(?:[-*+]|\\d+\\.)\\s+|^#+\\s+|^>\\s?");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)]\\(([^)\\s]*)[^)]*\\)");
    private static final Pattern REFERENCE = Pattern.compile("^\\[[^\\]]+]:\\s*(\\S+)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:;])\\s+(?=[\\p{Lu}`(\\[\"*])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'/.,%_-]*");

    private final List<String> lines = new ArrayList<>();

    /** Lines within a code fence become empty, so that numbers stay. */
    Markdown(String text) {
        var fenced = false;
        for (var line : text.split("\n", -1)) {
            var fence = FENCE.matcher(line).matches();
            lines.add(fenced || fence ? "" : line);
            if (fence) fenced = !fenced;
        }
    }

    List<String> lines() {
        return lines;
    }

    static boolean isTable(String line) {
        return line.strip().startsWith("|");
    }

    static boolean isReference(String line) {
        return REFERENCE.matcher(line).find();
    }

    /** Length in characters without what cannot be wrapped: the address of a link. */
    static int width(String line) {
        return LINK.matcher(line).replaceAll("[$1]").length();
    }

    /** Sentences of paragraphs and list items; a table has none. A semicolon or colon ends one as well. */
    List<Sentence> sentences() {
        var sentences = new ArrayList<Sentence>();
        var paragraph = new StringBuilder();
        int begun = 1;
        for (int i = 0; i <= lines.size(); i++) {
            var line = i < lines.size() ? lines.get(i) : "";
            var apart = line.isBlank()
                    || isTable(line)
                    || isReference(line)
                    || BLOCK.matcher(line).find();
            if (apart) {
                split(paragraph.toString(), begun, sentences);
                paragraph.setLength(0);
            }
            if (line.isBlank() || isTable(line) || isReference(line)) continue;
            if (paragraph.isEmpty()) begun = i + 1;
            paragraph.append(BLOCK.matcher(line).replaceFirst("").strip()).append(' ');
            if (!HEADING.matcher(line).matches()) continue;
            split(paragraph.toString(), begun, sentences);
            paragraph.setLength(0);
        }
        return sentences;
    }

    private static void split(String paragraph, int line, List<Sentence> sentences) {
        var plain = LINK.matcher(CODE.matcher(paragraph).replaceAll("code")).replaceAll("$1");
        SENTENCE_END
                .splitAsStream(plain)
                .filter(sentence -> !sentence.isBlank())
                .map(sentence -> new Sentence(
                        line, sentence, (int) WORD.matcher(sentence).results().count()))
                .forEach(sentences::add);
    }

    /** As GitHub makes them of headings. */
    List<String> anchors() {
        var anchors = new ArrayList<String>();
        for (var line : lines) {
            var heading = HEADING.matcher(line);
            if (!heading.matches()) continue;
            var text = LINK.matcher(heading.group(1)).replaceAll("$1").toLowerCase(Locale.ROOT);
            var anchor = text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
            var twins = anchors.stream()
                    .filter(other -> other.matches(Pattern.quote(anchor) + "(-\\d+)?"))
                    .count();
            anchors.add(twins == 0 ? anchor : anchor + "-" + twins);
        }
        return anchors;
    }

    List<Link> links() {
        var links = new ArrayList<Link>();
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            var plain = CODE.matcher(lines.get(i)).replaceAll("code");
            LINK.matcher(plain).results().forEach(link -> links.add(new Link(number, link.group(2))));
            var reference = REFERENCE.matcher(plain);
            if (reference.find()) links.add(new Link(number, reference.group(1)));
        }
        return links;
    }
}
