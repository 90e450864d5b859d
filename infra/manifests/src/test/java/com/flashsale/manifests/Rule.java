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
        /** Tells what is broken, one sentence each; silent when all is well. */
        void look(Build build, Consumer<String> broken);
    }

    Stream<String> violations(Build build) {
        var found = Stream.<String>builder();
        check.look(build, found);
        return found.build();
    }
}
