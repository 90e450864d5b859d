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

/** The common base of the three engines: prepare once, start, probe until the engine answers. */
abstract sealed class ChildEngine implements Engine permits PostgresEngine, RedisEngine, KafkaEngine {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(3);

    final EngineFiles files;
    final EngineProcess process;
    private final String name;

    ChildEngine(String name, EngineFiles files, Signal signal, @Nullable Sentinel sentinel) {
        this.name = name;
        this.files = files;
        this.process = new EngineProcess(files, signal, sentinel);
    }

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

    @Override
    public synchronized void start(Duration timeout) {
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

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path log() {
        return files.log();
    }

    @Override
    public long pid() {
        return process.running().map(ProcessIdentity::pid).orElse(-1L);
    }

    @Override
    public boolean isReady() {
        return process.running().isPresent() && problem().isEmpty();
    }

    @Override
    public synchronized void stop() {
        process.stop();
    }

    @Override
    public synchronized void kill() {
        process.kill();
    }
}
