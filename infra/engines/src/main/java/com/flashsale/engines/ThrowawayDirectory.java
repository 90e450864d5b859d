package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary directory that names its owner. A JVM that makes one first removes those whose owner was killed before it
 * could: killed builds must not fill the disk.
 */
record ThrowawayDirectory(Path path) {

    private static final String PREFIX = "flash-sale-engines-";
    private static final String OWNER = "owner";

    static ThrowawayDirectory create(Path temporary, PostgresUser user) {
        try {
            try (var others = Files.newDirectoryStream(temporary, PREFIX + "*")) {
                for (var other : others) removeIfAbandoned(other, user);
            }
            var directory = Files.createTempDirectory(temporary, PREFIX);
            var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
            Files.writeString(directory.resolve(OWNER), self.pid() + " " + self.started());
            return new ThrowawayDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory in " + temporary, e);
        }
    }

    /** Abandoned: its owner is dead and the owner's reaper has done its work. Anything unclear is left alone. */
    private static void removeIfAbandoned(Path directory, PostgresUser user) throws IOException {
        var owner = directory.resolve(OWNER);
        if (!Files.isReadable(owner)) return;
        var words = Files.readString(owner).split(" ", 2);
        if (words.length != 2 || new ProcessIdentity(Long.parseLong(words[0]), words[1]).isAlive()) return;
        try (DirectoryStream<Path> reapers = Files.newDirectoryStream(directory, "reaper-*")) {
            if (reapers.iterator().hasNext()) return;
        }
        Trees.delete(user.directoryFor(directory.resolve("postgres")));
        Trees.delete(directory);
    }

    void delete() {
        try {
            Trees.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + path, e);
        }
    }
}
