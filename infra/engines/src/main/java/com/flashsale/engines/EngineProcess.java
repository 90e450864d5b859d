package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's side of an engine. A pid file in its home lets a later JVM recognise and end what an earlier
 * one has started.
 */
final class EngineProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LARGEST_LOG_BYTES = 10L << 20;

    /** Variables of the caller's shell that would change what the engine does. */
    private static final Set<String> FOREIGN =
            Set.of("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "POSIXLY_CORRECT");

    /** Of the programs of PostgreSQL: {@code PGDATA}, {@code PGOPTIONS}, {@code PGTZ} and others. */
    private static final String FOREIGN_PREFIX = "PG";

    private final EngineFiles files;
    private final Signal signal;
    private final @Nullable OrphanReaper reaper;

    EngineProcess(EngineFiles files, Signal signal, @Nullable OrphanReaper reaper) {
        this.files = files;
        this.signal = signal;
        this.reaper = reaper;
    }

    Optional<ProcessIdentity> running() {
        return recorded().filter(ProcessIdentity::isAlive);
    }

    /** The process that was started last, whether it lives or not. */
    Optional<ProcessIdentity> recorded() {
        try {
            var words = Files.readString(pidFile()).strip().split(" ", 2);
            return words.length == 2
                    ? Optional.of(new ProcessIdentity(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pidFile(), e);
        }
    }

    /** A process that this JVM did not start comes under its reaper too. */
    void adopt(ProcessIdentity process) {
        if (reaper != null) reaper.watch(process, signal);
    }

    void spawn(List<String> command) throws IOException {
        rotateLog();
        var process = builder(command)
                .redirectOutput(Redirect.appendTo(files.log().toFile()))
                .start();
        process.getOutputStream().close();
        var identity = ProcessIdentity.of(process.pid());
        if (identity.isEmpty()) return; // it has ended already; the log says why
        if (reaper != null) reaper.watch(identity.get(), signal);
        PrivateFiles.write(
                pidFile(), identity.get().pid() + " " + identity.get().started() + "\n");
    }

    /** Runs a helper program to its end; its output goes to the engine's log. */
    void run(List<String> command, Duration timeout) throws IOException {
        Files.createDirectories(files.log().resolveSibling("."));
        var process = builder(command)
                .redirectOutput(Redirect.appendTo(files.log().toFile()))
                .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new EngineException(
                        command.getFirst() + " did not end within " + timeout + "." + Logs.tail(files.log()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new EngineException("Interrupted while running " + command.getFirst(), e);
        }
        if (process.exitValue() != 0) {
            throw new EngineException(
                    String.join(" ", command) + " failed with " + process.exitValue() + "." + Logs.tail(files.log()));
        }
    }

    void stop() {
        running().ifPresent(process -> {
            signal.send(process);
            if (!endsWithin(process, PATIENCE)) killAndWait(process);
            forget(process);
        });
    }

    void kill() {
        running().ifPresent(process -> {
            killAndWait(process);
            forget(process);
        });
    }

    private void killAndWait(ProcessIdentity process) {
        ProcessHandle.of(process.pid()).filter(_ -> process.isAlive()).ifPresent(ProcessHandle::destroyForcibly);
        if (!endsWithin(process, PATIENCE)) {
            throw new EngineException("Process " + process.pid() + " does not end, not even when killed.");
        }
    }

    private static boolean endsWithin(ProcessIdentity process, Duration patience) {
        var handle = ProcessHandle.of(process.pid());
        if (handle.isEmpty() || !process.isAlive()) return true;
        try {
            handle.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new EngineException("Cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private void forget(ProcessIdentity process) {
        if (reaper != null) reaper.forget(process);
    }

    private static ProcessBuilder builder(List<String> command) {
        var whole = new ArrayList<>(NewSession.prefix());
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> FOREIGN.contains(name) || name.startsWith(FOREIGN_PREFIX));
        return builder;
    }

    private void rotateLog() throws IOException {
        Files.createDirectories(files.log().resolveSibling("."));
        if (Files.exists(files.log()) && Files.size(files.log()) > LARGEST_LOG_BYTES) {
            var old = files.log().resolveSibling(files.log().getFileName() + ".old");
            Files.move(files.log(), old, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path pidFile() {
        return files.home().resolve("engine.pid");
    }
}
