package com.flashsale.prose;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code java Prose.java ROOT [--update | --all]}: checks the prose of the repository. Old findings are counted per
 * file in {@code infra/prose/known.txt}; a file may have fewer, never more. {@code --update} lowers the counts,
 * {@code --all} lists old findings too. Exit code 1: a file has more than it may.
 */
public final class Prose {

    private static final Pattern CHECKED = Pattern.compile(".*\\.(md|java|js|sql|lua|yaml|yml|sh)|.*/flashsale");
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".run", "axe-core", "node_modules");

    private Prose() {}

    public static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments[0]).toAbsolutePath().normalize();
        var options = List.of(arguments);
        var known = options.contains("--all") ? new Known(Map.of()) : Known.read(root);
        System.exit(run(root, known, options.contains("--update"), System.err) ? 0 : 1);
    }

    static boolean run(Path root, Known known, boolean update, PrintStream out) throws IOException {
        var rules = new Rules(root);
        var found = new TreeMap<String, List<Finding>>();
        for (var file : files(root)) {
            var findings = rules.check(file);
            if (!findings.isEmpty()) found.put(findings.getFirst().file(), findings);
        }
        if (update) known.lowered(found).write(root);
        var fine = true;
        for (var entry : found.entrySet()) {
            int allowed = known.allowed(entry.getKey());
            if (entry.getValue().size() <= allowed) continue;
            fine = false;
            out.printf(
                    "%s: %d findings, %d were there before%n",
                    entry.getKey(), entry.getValue().size(), allowed);
            entry.getValue().forEach(finding -> out.println("  " + finding));
        }
        if (!fine) out.println("The rules: docs/style.md, section Prose.");
        return fine;
    }

    private static List<Path> files(Path root) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                var name = directory.getFileName().toString();
                return SKIPPED.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && CHECKED.matcher(file.toString()).matches()) files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
