package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the child processes of this JVM when the JVM dies, even by kill -9, when no shutdown hook runs. A small shell
 * process waits on a pipe from this JVM. When the pipe closes, it ends every registered process that is still the one
 * that was registered.
 */
public final class OrphanReaper implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path pids;
    private final Process shell;

    private OrphanReaper(Path pids, Process shell) {
        this.pids = pids;
        this.shell = shell;
    }

    /** Starts the shell process; its files are in a directory of its own under {@code parent} and vanish with it. */
    public static OrphanReaper start(Path parent) {
        try {
            Files.createDirectories(parent);
            // a user that may write here decides which processes are killed
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            var directory = Files.createTempDirectory(parent.toAbsolutePath(), "reaper-", ownerOnly);
            var pids = Files.createDirectory(directory.resolve("pids"));
            var script = directory.resolve("orphan-reaper.sh");
            Binaries.copy(Binaries.resource("com/flashsale/engines/orphan-reaper.sh"), script);
            var command = new ArrayList<>(NewSession.prefix());
            command.addAll(List.of("/bin/sh", script.toString(), directory.toString()));
            command.add(Long.toString(PATIENCE.toSeconds()));
            var shell = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new OrphanReaper(pids, shell);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start an orphan reaper in " + parent, e);
        }
    }

    /** From now on the process ends with this JVM at the latest. */
    public void watch(ProcessIdentity process, Signal signal) {
        try {
            var file = pids.resolve(Long.toString(process.pid()));
            var unfinished = pids.resolveSibling("unfinished-" + process.pid());
            Files.writeString(unfinished, signal + " " + process.started() + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot register process " + process.pid(), e);
        }
    }

    /** The process has ended or is to outlive this JVM. */
    public void forget(ProcessIdentity process) {
        try {
            Files.deleteIfExists(pids.resolve(Long.toString(process.pid())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unregister process " + process.pid(), e);
        }
    }

    public boolean isAlive() {
        return shell.isAlive();
    }

    /** Ends everything that is still registered, as if this JVM had died. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the pipe of the orphan reaper", e);
        }
    }
}
