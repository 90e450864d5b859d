package com.flashsale.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, without reading the whole of it. */
public final class LogTail {

    private static final int BYTES_PER_LINE = 2_000;
    private static final long MOST_BYTES = 4L << 20;

    private LogTail() {}

    public static List<String> last(Path file, int lines) {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            long length = Math.min(log.length(), Math.min(MOST_BYTES, (long) lines * BYTES_PER_LINE));
            log.seek(log.length() - length);
            var bytes = new byte[(int) length];
            log.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException unreadable) {
            return List.of("(" + file + " cannot be read: " + unreadable.getMessage() + ")");
        }
    }
}
