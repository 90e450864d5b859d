package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log of JSON lines in the order of their times. Finds the first line of a period by binary search, so that a long
 * log costs no more than the period.
 */
final class LogFile implements AutoCloseable {

    static final String BEGIN = "{\"@timestamp\":\"";

    private static final int CHUNK = 1 << 20;
    private static final int PROBE = 64 << 10;
    private static final byte NEWLINE = '\n';

    private final RandomAccessFile file;

    LogFile(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    /**
     * Reads the lines of a period, to the second, and maybe some lines before it.
     *
     * @param most the number of bytes after which it stops
     * @return false if it stopped before the end of the period
     */
    boolean lines(Instant from, Instant until, long most, Consumer<String> reader) throws IOException {
        long length = file.length();
        long position = firstFrom(from, length);
        long limit = Math.min(length, position + most);
        var last = secondOf(BEGIN + until);
        var bytes = new byte[CHUNK];
        while (position < limit) {
            file.seek(position);
            int read = file.read(bytes, 0, (int) Math.min(CHUNK, limit - position));
            int whole = endOfLastLine(bytes, read);
            if (whole == 0) break;
            for (var line : (Iterable<String>) new String(bytes, 0, whole, UTF_8).lines()::iterator) {
                if (secondOf(line).compareTo(last) > 0) return true;
                reader.accept(line);
            }
            position += whole;
        }
        return limit == length;
    }

    private static int endOfLastLine(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != NEWLINE) end--;
        // a line that fills the whole chunk is passed on in pieces
        return end == 0 && length == CHUNK ? length : Math.max(end, 0);
    }

    /** The position of a line at or before the first one that is not before this time. */
    private long firstFrom(Instant from, long length) throws IOException {
        long low = 0;
        long high = length;
        while (high - low > PROBE) {
            long middle = low + (high - low) / 2;
            var time = timeAfter(middle);
            if (time.isPresent() && time.get().isBefore(from)) low = middle;
            else high = middle;
        }
        return lineAt(low);
    }

    /** The time of the first line that begins after this position. */
    private Optional<Instant> timeAfter(long position) throws IOException {
        file.seek(position);
        var bytes = new byte[PROBE];
        int read = file.read(bytes);
        var text = new String(bytes, 0, Math.max(0, read), UTF_8);
        int newline = text.indexOf('\n');
        while (newline >= 0) {
            var time = timeOf(text.substring(newline + 1, Math.min(text.length(), newline + PROBE_LINE)));
            if (time.isPresent()) return time;
            newline = text.indexOf('\n', newline + 1);
        }
        return Optional.empty();
    }

    private static final int PROBE_LINE = 80;

    private long lineAt(long position) throws IOException {
        if (position == 0) return 0;
        file.seek(position);
        var bytes = new byte[PROBE];
        int read = file.read(bytes);
        for (int i = 0; i < read; i++) {
            if (bytes[i] == NEWLINE) return position + i + 1;
        }
        return position;
    }

    /** Text that sorts as the times do, without the cost of reading them; empty for a line without a time. */
    private static String secondOf(String line) {
        int end = BEGIN.length() + "2026-11-27T12:00:00".length();
        return line.startsWith(BEGIN) && line.length() > end ? line.substring(BEGIN.length(), end) : "";
    }

    static Optional<Instant> timeOf(String line) {
        if (!line.startsWith(BEGIN)) return Optional.empty();
        int end = line.indexOf('"', BEGIN.length());
        if (end < 0) return Optional.empty();
        try {
            return Optional.of(Instant.parse(line.substring(BEGIN.length(), end)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
