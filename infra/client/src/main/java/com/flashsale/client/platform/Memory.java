package com.flashsale.client.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Memory of processes and of the machine, as the system counts it. */
public final class Memory {

    private static final long KIB = 1024;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern SHARE = Pattern.compile("\nPss:\\s+(\\d+) kB");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    private Memory() {}

    public static long residentBytes(long pid) {
        return kib(proc(pid, "status"), RESIDENT).orElseGet(() -> residentByPs(pid));
    }

    /**
     * Resident bytes of a process and of all it started. PostgreSQL is many processes that share most of their memory:
     * of a child only its share counts, where the system tells it.
     */
    public static long residentBytesOfTree(ProcessHandle root) {
        return residentBytes(root.pid())
                + root.descendants().mapToLong(child -> shareOf(child.pid())).sum();
    }

    private static long shareOf(long pid) {
        return kib(proc(pid, "smaps_rollup"), SHARE).orElseGet(() -> residentBytes(pid));
    }

    /** Memory that can be had without swapping; empty where the system does not tell. */
    public static OptionalLong availableBytes() {
        return kib(Path.of("/proc/meminfo"), AVAILABLE);
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    private static OptionalLong kib(Path file, Pattern pattern) {
        try {
            var matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1)) * KIB) : OptionalLong.empty();
        } catch (IOException goneOrAbsent) {
            return OptionalLong.empty();
        }
    }

    /** Zero for a process that is gone. */
    private static long residentByPs(long pid) {
        if (ProcessHandle.of(pid).isEmpty()) {
            return 0;
        }
        try {
            var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            var text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return ps.waitFor(5, TimeUnit.SECONDS) && text.matches("\\d+") ? Long.parseLong(text) * KIB : 0;
        } catch (IOException noPs) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
