package com.flashsale.labs.scratch;

import com.flashsale.client.ToolException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class path of a module's tests, which Maven writes into {@code target/lab.classpath} of each module. */
record ClassPath(List<Path> entries) {

    /** With the classes and the tests of the module itself. */
    static ClassPath of(Path root, String module) throws IOException {
        var target = root.resolve(module).resolve("target");
        var file = target.resolve("lab.classpath");
        if (!Files.exists(file)) {
            throw ToolException.startFailed(
                    file + " is missing: the tests of " + module + " are not built.",
                    List.of("Run ./flashsale lab N from the root; it builds them."));
        }
        var entries = new ArrayList<>(List.of(target.resolve("test-classes"), target.resolve("classes")));
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(Files.readString(file).strip())
                .map(Path::of)
                .forEach(entries::add);
        return new ClassPath(entries);
    }

    /**
     * Other classes in place of the classes or the jar of a module. The tests stay in front: no class of a copy can
     * stand for one.
     */
    ClassPath with(Path classes, Path module) {
        var target = module.resolve("target");
        var others = new ArrayList<>(entries.stream()
                .filter(entry -> !entry.startsWith(target) || entry.equals(target.resolve("test-classes")))
                .toList());
        others.add(1, classes);
        return new ClassPath(others);
    }

    /** One line of an argument file of {@code java} or {@code javac}. */
    String argument() {
        return ArgumentFile.quoted(
                entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
}
