package com.flashsale.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.flashsale.client.Home;
import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the control room of this clone listens, in one line: port, pid of its process, start of its process. The state
 * file says it too, but a command that reads JSON starts half a second later.
 */
final class RoomAddress {

    private RoomAddress() {}

    static void write(Home home, int port, ProcessIdentity process) throws IOException {
        var file = file(home);
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, port + " " + process.pid() + " " + process.started() + "\n");
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    static void remove(Home home) {
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port; null when no control room of this clone lives. */
    static @Nullable Integer read(Home home) throws IOException {
        try {
            var words = Files.readString(file(home)).strip().split(" ", 3);
            var process = new ProcessIdentity(Long.parseLong(words[1]), words[2]);
            return process.isAlive() ? Integer.valueOf(words[0]) : null;
        } catch (NoSuchFileException | IndexOutOfBoundsException | NumberFormatException none) {
            return null;
        }
    }

    private static Path file(Home home) {
        return home.run().resolve("control-room");
    }
}
