package com.flashsale.labs.scratch;

import com.flashsale.labs.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plays tests of the working tree in a process of their own, on its classes or on those of a scratch copy. */
public final class TestProcess {

    /** Far more than any lab takes; a test that hangs must end all the same. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final String LAUNCHER = "com.flashsale.platform.test.launch.ChosenTests";

    private final Path root;
    private final String module;
    private final Path directory;
    private final @Nullable Path replaced;

    /** The classes of the copy stand for those of the module that the lab patches. */
    public TestProcess(Path root, Lab lab, ScratchCopy copy) {
        this(root, lab.tests(), copy.directory(), root.resolve(lab.module()));
    }

    /**
     * The classes of the working tree.
     *
     * @param module whose tests play
     * @param directory of the log and the result
     */
    public TestProcess(Path root, String module, Path directory) {
        this(root, module, directory, null);
    }

    private TestProcess(Path root, String module, Path directory, @Nullable Path replaced) {
        this.root = root;
        this.module = module;
        this.directory = directory;
        this.replaced = replaced;
    }

    /** @param properties of the new process, such as the seeds of a simulation */
    public Outcome run(List<String> tests, Map<String, String> properties) throws IOException, InterruptedException {
        var result = directory.resolve("result.properties");
        var log = directory.resolve("run.log");
        Files.deleteIfExists(result);
        var arguments = options(properties);
        arguments.add(LAUNCHER);
        arguments.add(ArgumentFile.quoted(result.toString()));
        // an unquoted # begins a comment
        tests.stream().map(ArgumentFile::quoted).forEach(arguments::add);
        var begun = System.nanoTime();
        int code = ArgumentFile.run("java", arguments, root.resolve(module), log, TIMEOUT);
        return new Outcome(outcomes(result, code), Duration.ofNanos(System.nanoTime() - begun), log.toString());
    }

    /** The options of the build for a JVM of tests. */
    private List<String> options(Map<String, String> properties) throws IOException {
        var options = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m", "--enable-native-access=ALL-UNNAMED"));
        var engines = System.getenv("FLASHSALE_ENGINES");
        if (engines != null) options.add("-Dengines=" + engines);
        properties.forEach((name, value) -> options.add(ArgumentFile.quoted("-D" + name + "=" + value)));
        options.add("-cp");
        options.add(classPath().argument());
        return options;
    }

    private ClassPath classPath() throws IOException {
        var path = ClassPath.of(root, module);
        return replaced == null ? path : path.with(directory.resolve("classes"), replaced);
    }

    private static List<Outcome.Test> outcomes(Path result, int code) throws IOException {
        if (!Files.exists(result)) {
            var why = code == ArgumentFile.TIMED_OUT
                    ? "The tests did not end within %d s.".formatted(TIMEOUT.toSeconds())
                    : "The process of the tests ended with " + code + " and without a result.";
            return List.of(new Outcome.Test("all", "BROKEN", why));
        }
        var found = new Properties();
        try (var reader = Files.newBufferedReader(result, StandardCharsets.UTF_8)) {
            found.load(reader);
        }
        return IntStream.range(0, Integer.parseInt(found.getProperty("tests", "0")))
                .mapToObj(i -> "test." + i)
                .map(key -> new Outcome.Test(
                        found.getProperty(key + ".name", ""),
                        found.getProperty(key + ".status", ""),
                        found.getProperty(key + ".message", "")))
                .toList();
    }
}
