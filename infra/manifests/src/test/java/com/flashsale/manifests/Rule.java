package com.flashsale.manifests;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One rule of the reliability sheet.
 *
 * @param id K2 to K43
 * @param sentence what holds in every build, for the reports of the tests
 */
record Rule(String id, String sentence, Check check) {

    interface Check {
        /** Reports each violation in one sentence; reports nothing when the rule holds. */
        void look(Build build, Consumer<String> broken);
    }

    Stream<String> violations(Build build) {
        var found = Stream.<String>builder();
        check.look(build, found);
        return found.build();
    }

    @Override
    public String toString() {
        return id + " " + sentence;
    }
}
