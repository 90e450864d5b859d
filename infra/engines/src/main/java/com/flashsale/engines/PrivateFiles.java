package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Files that only their owner may read, written as a whole or not at all. */
final class PrivateFiles {

    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivateFiles() {}

    /** The secret in this file; a new random one if there is no such file yet. */
    static String readOrCreate(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException firstTime) {
            var bytes = new byte[BYTES];
            RANDOM.nextBytes(bytes);
            var secret = HexFormat.of().formatHex(bytes);
            write(file, secret + "\n");
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    static void write(Path file, String content) {
        try {
            var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            // created with its permissions, so that there is no moment at which others can open it
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
