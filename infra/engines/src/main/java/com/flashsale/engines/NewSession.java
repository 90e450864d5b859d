package com.flashsale.engines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps a child out of the terminal's process group: Ctrl-C is for the parent, which then ends its children in the
 * right order.
 */
final class NewSession {

    private NewSession() {}

    /** Where there is no {@code setsid} (macOS), children see Ctrl-C as well; nothing is lost but the order. */
    static List<String> prefix() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .limit(1)
                .toList();
    }
}
