package com.flashsale.client;

import java.nio.file.Path;

/**
 * Where things are: the clone with its jars, and the directory that holds all state and may be deleted when nothing
 * runs.
 *
 * @param run {@code .run} below the clone; tests take another one, so that a platform that a person runs is left alone
 */
public record Home(Path root, Path run) {

    public Home(Path root) {
        this(root, root.resolve(".run"));
    }

    /** The script passes the clone's directory; without it (tests, an IDE) the working directory counts. */
    public static Home ofThisRun() {
        var root = Path.of(System.getProperty("flashsale.root", ""))
                .toAbsolutePath()
                .normalize();
        var run = System.getProperty("flashsale.run");
        return run == null
                ? new Home(root)
                : new Home(root, Path.of(run).toAbsolutePath().normalize());
    }

    public Path data() {
        return run().resolve("data");
    }

    public Path logs() {
        return run().resolve("logs");
    }

    public Path log(String resource) {
        return logs().resolve(resource + ".log");
    }

    public Path apps() {
        return run().resolve("apps");
    }

    public Path secrets() {
        return run().resolve("secrets");
    }

    /** The clients' own records of their order requests; the audit compares them with the databases. */
    public Path histories() {
        return run().resolve("history");
    }

    public Path state() {
        return run().resolve("state.json");
    }

    /** Read by the script as well, which then builds nothing. */
    public Path supervisorPid() {
        return run().resolve("supervisor.pid");
    }

    /** Made by Maven for the images, and by the script when it is asked for traces. */
    public Path tracingAgent() {
        return root.resolve("infra/images/target/opentelemetry-javaagent.jar");
    }

    public Path jar(String module) {
        var artifact = module.substring(module.lastIndexOf('/') + 1);
        return root.resolve(module).resolve("target").resolve(artifact + ".jar");
    }
}
