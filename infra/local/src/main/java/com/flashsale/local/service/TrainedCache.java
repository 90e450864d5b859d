package com.flashsale.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JDK's AOT cache of a service: its classes as they were loaded and linked in a training run, and which methods
 * were hot then (JEP 483, 514, 515). It stands beside the jar that it belongs to, so another build has none; a JVM that
 * does not match it says so in the log and starts as if there were none.
 */
public record TrainedCache(App app, Jvm jvm) {

    /** The file that the training run writes when it ends. */
    public Path recorded() {
        return beside(".aotconf");
    }

    public Path cache() {
        return beside(".aot");
    }

    List<String> record() {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded());
    }

    List<String> create() {
        return List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded(), "-XX:AOTCache=" + cache());
    }

    List<String> use() {
        return Files.isReadable(cache()) ? List.of("-XX:AOTCache=" + cache()) : List.of();
    }

    void forget() throws IOException {
        Files.deleteIfExists(cache());
        Files.deleteIfExists(recorded());
    }

    private Path beside(String ending) {
        return app.jar().toAbsolutePath().resolveSibling(jvm + ending);
    }
}
