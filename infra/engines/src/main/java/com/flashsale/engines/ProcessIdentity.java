package com.flashsale.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One process that cannot be mistaken for a later one with the same pid.
 *
 * @param started when it started, as the operating system says it: clock ticks since boot on Linux, a date elsewhere.
 *     The reaper's shell script computes the same text.
 */
public record ProcessIdentity(long pid, String started) {

    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));

    /** Fields after the program's name, which is in parentheses and may contain anything. */
    private static final int STATE = 0;

    private static final int THREADS = 17;
    private static final int START_TIME = 19;

    /** The process of this pid; empty if there is none or it has ended and only waits for its parent to notice. */
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            return (HAS_PROC ? startedByProc(pid) : startedByPs(pid)).map(started -> new ProcessIdentity(pid, started));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    private static Optional<String> startedByProc(long pid) throws IOException {
        var stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START_TIME + 2);
        // a killed JVM whose first thread is gone but whose others are not still holds its ports
        var hasEnded = fields[STATE].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1;
        return hasEnded ? Optional.empty() : Optional.of(fields[START_TIME]);
    }

    private static Optional<String> startedByPs(long pid) throws IOException {
        var builder = new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid));
        builder.environment().put("LC_ALL", "C");
        var ps = builder.start();
        var answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!ps.waitFor(5, TimeUnit.SECONDS)) ps.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ps.destroyForcibly();
        }
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
    }
}
