package com.flashsale.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The machine's own browser. These tests never download one; without one they are skipped, and say so. */
final class Chromium implements ExecutionCondition {

    static final String VARIABLE = "FLASHSALE_CHROMIUM";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> ELSEWHERE = List.of(
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static boolean noticed;

    static Optional<Path> executable() {
        var named = System.getenv(VARIABLE);
        if (named != null && !named.isEmpty()) return Optional.of(Path.of(named));
        var directories = Objects.requireNonNullElse(System.getenv("PATH"), "").split(java.io.File.pathSeparator);
        var onPath =
                Arrays.stream(directories).flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)));
        return Stream.concat(onPath, ELSEWHERE.stream().map(Path::of))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (executable().isPresent()) return ConditionEvaluationResult.enabled("a browser is there");
        var reason = "The browser tests are skipped: no Chromium on the PATH. Install one (Debian: apt-get install"
                + " chromium) or name it in " + VARIABLE + ".";
        notice(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    private static synchronized void notice(String reason) {
        if (!noticed) System.err.println(reason);
        noticed = true;
    }
}
