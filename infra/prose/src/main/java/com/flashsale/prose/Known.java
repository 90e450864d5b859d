package com.flashsale.prose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many findings a file had when the rules came. */
record Known(Map<String, Integer> counts) {

    private static final String FILE = "infra/prose/known.txt";

    static Known read(Path root) throws IOException {
        var counts = new TreeMap<String, Integer>();
        var file = root.resolve(FILE);
        if (!Files.exists(file)) return new Known(counts);
        for (var line : Files.readAllLines(file)) {
            var parts = line.split(" ", 2);
            counts.put(parts[1], Integer.parseInt(parts[0]));
        }
        return new Known(counts);
    }

    int allowed(String file) {
        return counts.getOrDefault(file, 0);
    }

    /** With the counts of today where they are lower; a file without findings has no line. */
    Known lowered(Map<String, List<Finding>> found) {
        var lower = new TreeMap<String, Integer>();
        counts.forEach((file, count) -> {
            int now = found.getOrDefault(file, List.of()).size();
            if (now > 0) lower.put(file, Math.min(count, now));
        });
        return new Known(lower);
    }

    void write(Path root) throws IOException {
        var lines = new ArrayList<String>();
        counts.forEach((file, count) -> lines.add(count + " " + file));
        Files.write(root.resolve(FILE), lines);
    }
}
