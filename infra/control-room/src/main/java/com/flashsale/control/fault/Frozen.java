package com.flashsale.control.fault;

import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stopped processes. A small shell process stops them and waits on a pipe. When the pipe closes it continues them, so
 * they go on even if this process is killed meanwhile.
 */
final class Frozen implements AutoCloseable {

    /** Reads process ids and stops each; a stopped parent starts no more children, so these follow. */
    private static final String FREEZE = """
            trap '' INT HUP TERM
            stopped=
            while read -r pid; do
                kill -STOP "$pid" && stopped="$stopped $pid"
            done
            [ -z "$stopped" ] || kill -CONT $stopped
            """;

    /** The same, but the processes run for half of each tenth of a second. */
    private static final String SLOW = """
            trap '' INT HUP
            all=
            read -r all
            ( trap '' INT HUP; while kill -STOP $all; do sleep 0.05; kill -CONT $all; sleep 0.05; done ) &
            loop=$!
            read -r end
            kill "$loop"
            wait "$loop"
            kill -CONT $all
            """;

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Process shell;

    private Frozen(Process shell) {
        this.shell = shell;
    }

    /** Stops a process, and then its children. */
    static Frozen freeze(ProcessIdentity root) throws IOException {
        var frozen = new Frozen(start(FREEZE));
        frozen.write(List.of(root.pid()), "\n");
        frozen.write(children(root.pid()), "\n");
        return frozen;
    }

    /** Stops a process and its present children again and again. */
    static Frozen slow(ProcessIdentity root) throws IOException {
        var slowed = new Frozen(start(SLOW));
        slowed.write(List.of(root.pid()), " ");
        slowed.write(children(root.pid()), " ");
        slowed.send("\n");
        return slowed;
    }

    private static Process start(String script) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<Long> children(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
    }

    private void write(List<Long> pids, String after) throws IOException {
        for (var pid : pids) send(pid + after);
    }

    private void send(String text) throws IOException {
        var pipe = shell.getOutputStream();
        pipe.write(text.getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    /** Continues the processes. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the processes were not continued within " + LONGEST_END.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
