package com.flashsale.engines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Run in several JVMs by {@link BinariesIT}. */
final class UnpackOnce {

    private UnpackOnce() {}

    static void main(String[] arguments) {
        new Binaries(Path.of(arguments[0])).directory("key", directory -> {
            Files.createFile(directory.resolve("by-" + ProcessHandle.current().pid()));
            // long enough for the others to come and wait
            Deadline.in(Duration.ZERO).pause(Duration.ofMillis(500));
        });
    }
}
