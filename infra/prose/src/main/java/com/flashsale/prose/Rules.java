package com.flashsale.prose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All rules over one file. */
final class Rules {

    static final int MOST_WORDS = 25;
    static final int WIDTH = 100;

    private static final String SUBJECT = "name the subject by a noun";

    private final Path root;

    Rules(Path root) {
        this.root = root;
    }

    List<Finding> check(Path path) throws IOException {
        var file = root.relativize(path).toString().replace('\\', '/');
        var text = Files.readString(path);
        return file.endsWith(".md") ? ofMarkdown(file, path, text) : ofSource(file, text);
    }

    private List<Finding> ofMarkdown(String file, Path path, String text) throws IOException {
        var findings = new ArrayList<Finding>();
        var page = new Markdown(text);
        for (int i = 0; i < page.lines().size(); i++) {
            var line = page.lines().get(i);
            if (Markdown.isTable(line) || Markdown.isReference(line) || Markdown.width(line) <= WIDTH) continue;
            findings.add(new Finding(file, i + 1, "wrap the line at " + WIDTH + " characters", line));
        }
        for (var sentence : page.sentences()) {
            if (sentence.words() > MOST_WORDS) {
                var rule = "%d words, at most %d".formatted(sentence.words(), MOST_WORDS);
                findings.add(new Finding(file, sentence.line(), rule, sentence.text()));
            }
            Words.in(sentence.text())
                    .ifPresent(word -> findings.add(
                            new Finding(file, sentence.line(), SUBJECT + ", not '" + word + "'", sentence.text())));
        }
        for (var link : page.links()) {
            if (!leadsSomewhere(path, page, link.target()))
                findings.add(new Finding(file, link.line(), "the link leads nowhere", link.target()));
        }
        return findings;
    }

    private static boolean leadsSomewhere(Path page, Markdown itself, String target) throws IOException {
        if (target.contains("://") || target.startsWith("mailto:")) return true;
        var parts = target.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) return false;
        if (parts.length == 1 || !file.toString().endsWith(".md")) return true;
        var there = file.equals(page) ? itself : new Markdown(Files.readString(file));
        return there.anchors().contains(parts[1]);
    }

    private static List<Finding> ofSource(String file, String text) {
        var findings = new ArrayList<Finding>();
        for (var comment : Comments.of(file, text)) {
            Words.in(comment.text())
                    .ifPresent(word -> findings.add(
                            new Finding(file, comment.number(), SUBJECT + ", not '" + word + "'", comment.text())));
        }
        if (!file.contains("src/test/")) return findings;
        for (var name : Comments.testNames(text)) {
            Words.inTestName(name.text())
                    .ifPresent(word -> findings.add(
                            new Finding(file, name.number(), SUBJECT + ", not '" + word + "'", name.text())));
        }
        return findings;
    }
}
