package com.flashsale.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code postmaster.pid} guards a data directory against two servers. It names only a pid, so after a crash PostgreSQL
 * can take an unrelated process that got that pid for the old server and refuse to start. We know the old server by its
 * start time as well.
 */
final class PostmasterFile {

    private PostmasterFile() {}

    /**
     * Removes the file if its pid is alive but not the server that we started, and nothing works in the directory any
     * longer.
     */
    static void removeIfStale(Path data, Optional<ProcessIdentity> lastServer) throws IOException {
        var file = data.resolve("postmaster.pid");
        var pid = pidIn(file);
        if (pid.isEmpty() || ProcessIdentity.of(pid.get()).isEmpty()) return; // PostgreSQL itself sees that it is dead
        var isOurs = lastServer.isPresent()
                && lastServer.get().pid() == pid.get()
                && lastServer.get().isAlive();
        if (!isOurs && !isWorkedIn(data)) Files.deleteIfExists(file);
    }

    private static Optional<Long> pidIn(Path file) throws IOException {
        try {
            return Files.readString(file).lines().findFirst().map(String::strip).map(Long::valueOf);
        } catch (NoSuchFileException cleanlyShutDown) {
            return Optional.empty();
        }
    }

    /**
     * Every process of a server has the data directory as its working directory. Without /proc we cannot know and say
     * yes.
     */
    private static boolean isWorkedIn(Path data) throws IOException {
        var proc = Path.of("/proc");
        if (!Files.isDirectory(proc.resolve("self"))) return true;
        var directory = data.toRealPath();
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : processes) {
                if (workingDirectory(process).filter(directory::equals).isPresent()) return true;
            }
        }
        return false;
    }

    private static Optional<Path> workingDirectory(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("cwd")));
        } catch (IOException endedOrAnotherUsers) {
            return Optional.empty();
        }
    }
}
