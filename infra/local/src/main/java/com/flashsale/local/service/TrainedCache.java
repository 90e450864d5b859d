package com.flashsale.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The JDK's AOT cache of a service: its classes as they were loaded and linked in a training run, and which methods
 * were hot then (JEP 483, 514, 515). It stands beside the jar that it belongs to, so another build has none. Its name
 * tells the virtual machine and the flags, so another JDK makes its own. A JVM that does not match it says so in the
 * log and starts as if there were none.
 */
public record TrainedCache(App app, Jvm jvm) {

    /** The file that the training run writes when it ends. */
    public Path recorded() {
        return beside(".aotconf");
    }

    public Path cache() {
        return beside(".aot");
    }

    boolean exists() {
        return Files.isReadable(cache());
    }

    boolean isRecorded(RunMode.Recording recording) {
        return switch (recording) {
            case NONE -> false;
            case WITHOUT_CACHE -> !exists();
            case ALL -> true;
        };
    }

    /** The JVM's options for a run in this mode. */
    List<String> options(RunMode.Recording recording) {
        return isRecorded(recording) ? record() : use();
    }

    private List<String> record() {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded());
    }

    /** The file that is written while the cache is made; a JVM that is killed then leaves no half of a cache. */
    Path next() {
        return beside(".aot.next");
    }

    List<String> create() {
        return List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded(), "-XX:AOTCache=" + next());
    }

    private List<String> use() {
        return exists() ? List.of("-XX:AOTCache=" + cache()) : List.of();
    }

    void take() throws IOException {
        Files.move(next(), cache(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the caches of other builds of this service: each is some hundred megabytes. */
    void forgetOthers() throws IOException {
        var own = app.jar().toAbsolutePath().resolveSibling("");
        var builds = own.resolveSibling("");
        try (var files = Files.walk(builds, 2)) {
            for (var file : files.filter(it -> it.toString().matches(".*\\.aot(conf|\\.next)?"))
                    .filter(it -> !it.startsWith(own))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    void forget() throws IOException {
        Files.deleteIfExists(cache());
        Files.deleteIfExists(recorded());
        Files.deleteIfExists(next());
    }

    private Path beside(String ending) {
        return app.jar().toAbsolutePath().resolveSibling(jvm + "-" + JavaCommand.fingerprint(jvm) + ending);
    }
}
