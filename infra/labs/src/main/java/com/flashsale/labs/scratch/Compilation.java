package com.flashsale.labs.scratch;

import com.flashsale.labs.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compiles a scratch copy by javac alone, against the built modules of the working tree. Error Prone and the formatter
 * have no say here.
 */
public final class Compilation {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_LINES = 20;

    private final Path root;
    private final Lab lab;
    private final ScratchCopy copy;

    public Compilation(Path root, Lab lab, ScratchCopy copy) {
        this.root = root;
        this.lab = lab;
        this.copy = copy;
    }

    Path classes() {
        return copy.directory().resolve("classes");
    }

    /** Nothing when it compiled; else the first lines of javac. */
    public List<String> run() throws IOException, InterruptedException {
        FileTree.delete(classes());
        copyResources();
        var arguments = new ArrayList<>(List.of("-parameters", "-proc:none", "-nowarn", "-encoding", "UTF-8"));
        arguments.addAll(List.of("-d", ArgumentFile.quoted(classes().toString()), "-cp"));
        var module = root.resolve(lab.module());
        arguments.add(ClassPath.of(root, lab.module()).with(classes(), module).argument());
        FileTree.files(copy.sources()).stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".java"))
                .map(ArgumentFile::quoted)
                .forEach(arguments::add);
        var log = copy.directory().resolve("javac.log");
        int code = ArgumentFile.run("javac", arguments, copy.directory(), log, TIMEOUT);
        if (code == 0) return List.of();
        var lines = Files.readAllLines(log);
        return lines.isEmpty()
                ? List.of("javac ended with " + code)
                : lines.subList(0, Math.min(MOST_LINES, lines.size()));
    }

    /** As Maven has made them, with the changes of the copy. */
    private void copyResources() throws IOException {
        var built = root.resolve(lab.module()).resolve("target/classes");
        for (var file : FileTree.files(built)) {
            if (!file.toString().endsWith(".class"))
                FileTree.copyFile(file, classes().resolve(built.relativize(file)));
        }
        var resources = copy.sources().resolve("resources");
        var originals = copy.original().resolve("resources");
        for (var file : FileTree.files(resources)) {
            var name = resources.relativize(file);
            var original = originals.resolve(name);
            if (Files.exists(original) && Arrays.equals(Files.readAllBytes(file), Files.readAllBytes(original)))
                continue;
            FileTree.copyFile(file, classes().resolve(name));
        }
        for (var original : FileTree.files(originals)) {
            var name = originals.relativize(original);
            if (!Files.exists(resources.resolve(name)))
                Files.deleteIfExists(classes().resolve(name));
        }
    }
}
