package com.flashsale.labs.scratch;

import com.flashsale.labs.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/** Plays tests of the working tree on the classes of a scratch copy, in a process of their own. */
public final class TestProcess {

    /** Far more than any lab takes; a test that hangs must end all the same. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final String LAUNCHER = "com.flashsale.platform.test.launch.ChosenTests";

    private final Path root;
    private final Lab lab;
    private final ScratchCopy copy;

    public TestProcess(Path root, Lab lab, ScratchCopy copy) {
        this.root = root;
        this.lab = lab;
        this.copy = copy;
    }

    /** @param seeds how many of a simulation, from the first seed of the lab; 0 for other tests */
    public Outcome run(List<String> tests, int seeds) throws IOException, InterruptedException {
        var result = copy.directory().resolve("result.properties");
        var log = copy.directory().resolve("run.log");
        Files.deleteIfExists(result);
        var arguments = options(seeds);
        arguments.add(LAUNCHER);
        arguments.add(ArgumentFile.quoted(result.toString()));
        // an unquoted # begins a comment
        tests.stream().map(ArgumentFile::quoted).forEach(arguments::add);
        var begun = System.nanoTime();
        int code = ArgumentFile.run("java", arguments, root.resolve(lab.tests()), log, TIMEOUT);
        return new Outcome(outcomes(result, code), Duration.ofNanos(System.nanoTime() - begun), log.toString());
    }

    /** The options of the build for a JVM of tests. */
    private List<String> options(int seeds) throws IOException {
        var classes = copy.directory().resolve("classes");
        var options = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m", "--enable-native-access=ALL-UNNAMED"));
        var engines = System.getenv("FLASHSALE_ENGINES");
        if (engines != null) options.add("-Dengines=" + engines);
        if (seeds > 0) options.addAll(List.of("-Dsimulation.from=" + lab.from(), "-Dsimulation.seeds=" + seeds));
        options.add("-cp");
        options.add(ClassPath.of(root, lab.tests())
                .with(classes, root.resolve(lab.module()))
                .argument());
        return options;
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
