package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database or broker that runs as a child process on a loopback port: prepare once, start, probe until it answers.
 *
 * <p>The home directory identifies an engine, not the JVM that started it. {@link #start} takes over an engine that
 * already runs there, and {@link #stop} ends one that another JVM has started.
 */
public abstract sealed class Engine permits PostgresEngine, RedisEngine, KafkaEngine {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(3);

    final EngineFiles files;
    final EngineProcess process;
    private final String name;

    Engine(String name, EngineFiles files, Signal signal, @Nullable OrphanReaper reaper) {
        this.name = name;
        this.files = files;
        this.process = new EngineProcess(files, signal, reaper);
    }

    public abstract int port();

    /**
     * The address for clients: a JDBC URL, {@code redis://host:port} or {@code host:port}; never with a password in it.
     */
    public abstract String url();

    /** Unpacks, initialises and configures the missing parts; called before each start. */
    abstract void prepare(Duration timeout) throws IOException;

    abstract List<String> command();

    /** Every port that the engine is going to listen on. */
    abstract List<Integer> ports();

    /** Sends the engine a real request; returns the problem, or empty when the engine answers. */
    abstract Optional<String> problem();

    /** True when the engine's last words say that the same start can succeed a moment later. */
    boolean isWorthAnotherTry(String log) {
        return false;
    }

    /**
     * Returns when the engine answers; throws {@link EngineException} with the end of its log when it does not within
     * the timeout.
     */
    public final synchronized void start(Duration timeout) {
        var deadline = Deadline.in(timeout);
        try {
            var running = process.running();
            if (running.isPresent()) {
                process.adopt(running.get());
            } else {
                createHome();
                prepare(timeout);
                ports().forEach(this::requireFree);
                process.spawn(command());
            }
            awaitAnswer(timeout, deadline);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    private void awaitAnswer(Duration timeout, Deadline deadline) throws IOException {
        for (var problem = problem(); problem.isPresent(); problem = problem()) {
            if (process.running().isEmpty()) {
                var lastWords = Logs.tail(log());
                if (!isWorthAnotherTry(lastWords) || deadline.isOver()) {
                    throw new EngineException(name + " ended while it was starting." + lastWords);
                }
                deadline.pause(Duration.ofMillis(500));
                process.spawn(command());
            }
            if (deadline.isOver()) {
                throw new EngineException("%s did not answer at %s within %d s (%s).%s"
                        .formatted(name, url(), timeout.toSeconds(), problem.get(), Logs.tail(log())));
            }
            deadline.pause(BETWEEN_PROBES);
        }
    }

    private void requireFree(int port) {
        // the helpers of an engine that was just killed need a moment to go as well
        var deadline = Deadline.in(PORT_PATIENCE);
        while (!Ports.isFree(port)) {
            if (deadline.isOver()) {
                throw new EngineException(
                        "Port %d, which %s needs, is taken by another process. End it, or choose other ports."
                                .formatted(port, name));
            }
            deadline.pause(BETWEEN_PROBES);
        }
    }

    private void createHome() throws IOException {
        if (Files.isDirectory(files.home())) return;
        Files.createDirectories(files.home().resolve(".."));
        Files.createDirectory(
                files.home(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    public final String name() {
        return name;
    }

    public final Path log() {
        return files.log();
    }

    /** The process id, or -1 while the engine is not running. */
    public final long pid() {
        return process.running().map(ProcessIdentity::pid).orElse(-1L);
    }

    /** True when the engine has just answered a real request. */
    public final boolean isReady() {
        return process.running().isPresent() && problem().isEmpty();
    }

    /** Ends the engine politely, and by force when it does not obey. Nothing happens if it is not running. */
    public synchronized void stop() {
        process.stop();
    }

    /** Ends the engine as a power cut would: no time to flush or to say goodbye. */
    public final synchronized void kill() {
        process.kill();
    }
}
