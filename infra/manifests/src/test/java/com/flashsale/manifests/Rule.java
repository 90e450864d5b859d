package com.flashsale.manifests;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One rule of the reliability sheet.
 *
 * @param id K1 to K44
 */
record Rule(String id, Check check) {

    interface Check {
        /** Reports each violation in one sentence; reports nothing when the rule holds. */
        void look(Build build, Consumer<String> broken);
    }

    Stream<String> violations(Build build) {
        var found = Stream.<String>builder();
        check.look(build, found);
        return found.build();
    }
}
