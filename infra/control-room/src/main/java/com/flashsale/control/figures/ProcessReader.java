package com.flashsale.control.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processor time and memory of a process with its direct children, as the kernel counts them. PostgreSQL has a process
 * for each connection. Where the system has no {@code /proc}, there is no figure.
 */
public final class ProcessReader {

    /**
     * The use of one process.
     *
     * @param cores processor time per time; 1 is one busy core. Null for the first look
     * @param bytes resident memory; of children only the part that they do not share
     */
    public record Use(@Nullable Double cores, long bytes) {}

    private record Look(long ticks, long nanos) {}

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PAGE = 4096;

    /** Fields after the program's name, which is in parentheses and may contain anything. */
    private static final int USER = 11;

    private static final int CHILDREN_SYSTEM = 14;

    private final Map<Long, Look> before = new HashMap<>();

    /** Null for a process that is gone, or that this system does not show. */
    public @Nullable Use read(long pid) {
        try {
            long ticks = ticks(pid);
            long bytes = resident(pid, false);
            for (var child : children(pid)) {
                ticks += ticksOrNone(child);
                bytes += resident(child, true);
            }
            long now = System.nanoTime();
            var last = before.put(pid, new Look(ticks, now));
            return new Use(last == null ? null : cores(last, ticks, now), bytes);
        } catch (IOException gone) {
            before.remove(pid);
            return null;
        }
    }

    /** Forgets all other processes. */
    public void keep(Set<Long> pids) {
        before.keySet().retainAll(new HashSet<>(pids));
    }

    /** A child that ends between two looks takes its time along, until its parent has counted it. */
    private static double cores(Look last, long ticks, long now) {
        return Math.max(0, ticks - last.ticks()) / TICKS_PER_SECOND / ((now - last.nanos()) / NANOS_PER_SECOND);
    }

    private static long ticks(long pid) throws IOException {
        var text = text(pid, "stat");
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", CHILDREN_SYSTEM + 2);
        long sum = 0;
        for (int field = USER; field <= CHILDREN_SYSTEM; field++) sum += Long.parseLong(fields[field]);
        return sum;
    }

    private static long ticksOrNone(long pid) {
        try {
            return ticks(pid);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long resident(long pid, boolean withoutShared) {
        try {
            var fields = text(pid, "statm").split(" ", 4);
            long pages = Long.parseLong(fields[1]) - (withoutShared ? Long.parseLong(fields[2]) : 0);
            return pages * PAGE;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long[] children(long pid) {
        try {
            var text = text(pid, "task/" + pid + "/children").strip();
            if (text.isEmpty()) return new long[0];
            var parts = text.split(" ", -1);
            var pids = new long[parts.length];
            for (int i = 0; i < parts.length; i++) pids[i] = Long.parseLong(parts[i]);
            return pids;
        } catch (IOException unknown) {
            return new long[0];
        }
    }

    private static String text(long pid, String file) throws IOException {
        return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
    }
}
