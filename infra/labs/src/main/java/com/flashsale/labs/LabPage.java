package com.flashsale.labs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The page of a lab, section by section, as a terminal shows it. */
public final class LabPage {

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");

    private final List<String> lines;

    private LabPage(List<String> lines) {
        this.lines = lines;
    }

    public static LabPage of(Lab lab) throws IOException {
        return new LabPage(Files.readAllLines(lab.page()));
    }

    /** The lines below a heading of the second level, without code blocks and with links as plain text. */
    public List<String> section(String heading) {
        int first = lines.indexOf("## " + heading) + 1;
        if (first == 0) return List.of();
        var text = lines.subList(first, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .map(line -> LINK.matcher(line).replaceAll("$1").replace("`", ""))
                .toList();
        return String.join("\n", text).strip().lines().toList();
    }
}
