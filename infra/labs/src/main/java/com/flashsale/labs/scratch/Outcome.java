package com.flashsale.labs.scratch;

import java.time.Duration;
import java.util.List;

/**
 * The end of some tests.
 *
 * @param log the whole output of their process
 */
public record Outcome(List<Test> tests, Duration took, String log) {

    /** @param status SUCCESSFUL, FAILED, ABORTED, SKIPPED, or BROKEN when the tests of a class could not begin */
    public record Test(String name, String status, String message) {

        boolean passed() {
            return status.equals("SUCCESSFUL");
        }
    }

    /** A run without a test proves nothing. */
    public boolean allPassed() {
        return !tests.isEmpty() && tests.stream().allMatch(Test::passed);
    }

    public List<Test> failures() {
        return tests.stream().filter(test -> !test.passed()).toList();
    }
}
