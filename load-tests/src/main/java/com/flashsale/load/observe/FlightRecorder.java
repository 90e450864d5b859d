package com.flashsale.load.observe;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.reports.law.HotPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Flight recordings of the platform's services, by {@code jcmd}. It never asks an engine: to a process that is no JVM,
 * the signal of {@code jcmd} is an order to end.
 */
public final class FlightRecorder {

    private static final String NAME = "flashsale-load";

    /** For each process; older samples are dropped. */
    private static final String LARGEST = "32m";

    /** A recording that nothing stops ends by itself. No hold is as long. */
    private static final String LONGEST = "15m";

    private static final int PATIENCE_SECONDS = 30;

    private final Map<String, Long> pids = new LinkedHashMap<>();
    private final String obstacle;
    private final Path directory;

    /** @param directory where the recordings are left */
    public FlightRecorder(PlatformState state, Path directory) {
        this.directory = directory.toAbsolutePath();
        state.services().forEach(service -> {
            var pid = service.pid();
            if (pid != null && jcmd(pid) != null) pids.put(service.id(), pid);
        });
        obstacle = state.isExternal()
                ? "the platform runs in containers or elsewhere, and --jfr asks JVMs of this machine only"
                : "no service of this platform runs here with a jcmd beside its java";
    }

    /** The services that can be asked. */
    public Set<String> processes() {
        return Set.copyOf(pids.keySet());
    }

    /** The reason why there are no services to ask. */
    public String obstacle() {
        return obstacle;
    }

    /** Begins to record these services. */
    public Recording record(List<String> processes) throws InterruptedException {
        var recording = new Recording();
        try {
            Files.createDirectories(directory);
        } catch (IOException refused) {
            recording.remarks.add("No recording: " + refused);
            return recording;
        }
        for (var process : processes) {
            recording.ask(
                    process,
                    "JFR.start",
                    "name=" + NAME,
                    "settings=profile",
                    "maxsize=" + LARGEST,
                    "duration=" + LONGEST,
                    "filename=\"" + file(process) + "\"");
        }
        return recording;
    }

    /** One of a limited duration needs a file from the beginning, else it leaves one where the JVM was started. */
    private Path file(String process) {
        return directory.resolve(process + ".jfr");
    }

    /** Recordings in progress. */
    public final class Recording implements AutoCloseable {

        private final List<String> running = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();

        private Recording() {}

        /** The three dearest methods of each process, from the samples so far. */
        public List<HotPlace> places() throws InterruptedException {
            var places = new ArrayList<HotPlace>();
            for (var process : List.copyOf(running)) {
                var file = file(process);
                try {
                    Files.deleteIfExists(file);
                    if (!ask(process, "JFR.dump", "name=" + NAME, "filename=\"" + file + "\"")) continue;
                    var found = HotPlaces.of(process, file);
                    places.addAll(found);
                    if (found.isEmpty()) remarks.add("The recording " + file + " of " + process + " has no sample.");
                } catch (IOException unreadable) {
                    remarks.add("The recording of " + process + " cannot be read: " + unreadable);
                }
            }
            return places;
        }

        /** The processes without a recording, with the reason. */
        public List<String> remarks() {
            return List.copyOf(remarks);
        }

        @Override
        public void close() {
            try {
                for (var process : List.copyOf(running)) ask(process, "JFR.stop", "name=" + NAME);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean ask(String process, String... command) throws InterruptedException {
            var refusal = jcmd(process, command);
            if (refusal.isEmpty()) {
                if (command[0].equals("JFR.start")) running.add(process);
                return true;
            }
            remarks.add("%s was not recorded (%s): %s".formatted(process, command[0], refusal));
            return false;
        }
    }

    /** Empty if it succeeded. */
    private String jcmd(String process, String... command) throws InterruptedException {
        long pid = pids.getOrDefault(process, -1L);
        var jcmd = jcmd(pid);
        if (jcmd == null) return "its process is gone";
        var line = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
        line.addAll(List.of(command));
        try {
            var output = Files.createTempFile("jcmd", ".txt");
            try {
                var asked = new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    asked.destroyForcibly();
                    return "no answer in " + PATIENCE_SECONDS + " s";
                }
                var text = Files.readString(output, StandardCharsets.UTF_8).strip();
                return asked.exitValue() == 0 ? "" : text.replace('\n', ' ');
            } finally {
                Files.delete(output);
            }
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    /** The program beside the java of this process; a runtime without tools has none. */
    private static @Nullable Path jcmd(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(java -> Path.of(java).resolveSibling("jcmd"))
                .filter(Files::isExecutable)
                .orElse(null);
    }
}
