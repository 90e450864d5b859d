package com.flashsale.client.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of one platform, made at the first start and kept beside its data, readable by the owner only. A new name (a
 * later version needs one more) is added; an existing secret never changes.
 */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 24;
    private static final int KEY_BYTES = 32;

    private final Path file;
    private final Map<String, String> values;

    private Secrets(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    public static Secrets at(Path file) {
        var values = new TreeMap<String, String>();
        if (Files.exists(file)) {
            try {
                for (var line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    if (equals > 0) {
                        values.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Secrets(file, values);
    }

    /** A URL-safe password: letters, digits, - and _. */
    public String password(String name) {
        return value(name, Base64.getUrlEncoder().withoutPadding().encodeToString(random(PASSWORD_BYTES)));
    }

    /** 32 random bytes in base64. */
    public String key(String name) {
        return value(name, Base64.getEncoder().encodeToString(random(KEY_BYTES)));
    }

    private synchronized String value(String name, String ifAbsent) {
        @Nullable String known = values.get(name);
        if (known != null) {
            return known;
        }
        values.put(name, ifAbsent);
        save();
        return ifAbsent;
    }

    /**
     * Written beside and moved, so that a crash leaves the old file or the new one, with its mode from the first byte.
     */
    private void save() {
        var text = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var beside = file.resolveSibling(file.getFileName() + ".next");
            Files.deleteIfExists(beside);
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
