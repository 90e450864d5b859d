package com.flashsale.platform.test.launch;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * {@code java ChosenTests RESULT TEST...}: runs test classes and {@code class#method}s of the class path, and writes
 * the outcome of each as properties. A process of its own can have another class path than the build: classes of a lab
 * in front of the module's.
 */
public final class ChosenTests {

    private ChosenTests() {}

    public static void main(String[] arguments) throws IOException {
        var outcomes = new Outcomes();
        var selectors =
                Arrays.stream(arguments).skip(1).map(ChosenTests::selector).toList();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .build(),
                        outcomes);
        outcomes.write(Path.of(arguments[0]));
        // engines and schedulers of a test may still have threads
        System.exit(0);
    }

    private static DiscoverySelector selector(String test) {
        return test.contains("#") ? selectMethod(test) : selectClass(test);
    }

    private static String message(Throwable failure) {
        return failure instanceof AssertionError ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private static final class Outcomes implements TestExecutionListener {

        private final Properties found = new Properties();
        private int tests;

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var failure = result.getThrowable();
            if (test.isTest())
                record(
                        test,
                        result.getStatus().name(),
                        failure.map(ChosenTests::message).orElse(""));
            // before all tests, or between them: the tests of this class say nothing
            else if (failure.isPresent()) record(test, "BROKEN", message(failure.get()));
        }

        @Override
        public synchronized void executionSkipped(TestIdentifier test, String reason) {
            record(test, "SKIPPED", reason);
        }

        private void record(TestIdentifier test, String status, String message) {
            var key = "test." + tests++;
            found.setProperty(key + ".name", test.getDisplayName());
            found.setProperty(key + ".status", status);
            found.setProperty(key + ".message", message);
        }

        synchronized void write(Path result) throws IOException {
            found.setProperty("tests", String.valueOf(tests));
            try (var writer = Files.newBufferedWriter(result, StandardCharsets.UTF_8)) {
                found.store(writer, null);
            }
        }
    }
}
