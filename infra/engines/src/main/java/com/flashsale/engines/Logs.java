package com.flashsale.engines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of an engine's log. */
final class Logs {

    private static final int LINES = 20;
    private static final int BYTES = 16 << 10;

    private Logs() {}

    /** The last lines for an error message, or that there are none. */
    static String tail(Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            var last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return " The end of " + log + ":\n" + String.join("\n", last);
        } catch (IOException e) {
            return " There is no log at " + log + ".";
        }
    }
}
