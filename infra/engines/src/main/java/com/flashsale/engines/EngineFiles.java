package com.flashsale.engines;

import java.nio.file.Path;

/**
 * Where an engine keeps its things.
 *
 * @param home its data, configuration, pid file and secrets
 * @param log its log file
 * @param binaries unpacked programs; may be shared by any number of engines and JVMs
 */
public record EngineFiles(Path home, Path log, Path binaries) {

    public EngineFiles {
        home = home.toAbsolutePath().normalize();
        log = log.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    /** The layout of a working directory: {@code data/<name>}, {@code logs/<name>.log} and {@code engines}. */
    public static EngineFiles under(Path directory, String name) {
        return new EngineFiles(
                directory.resolve("data").resolve(name),
                directory.resolve("logs").resolve(name + ".log"),
                directory.resolve("engines"));
    }
}
