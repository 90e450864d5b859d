package com.flashsale.platform.test.simulation;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run for onlookers: its steps, the faults among them, the figures that changed with each step, and the checks of
 * each invariant. {@code -Dsimulation.record=FILE} writes it as JSON. It decides nothing, so the run is the same with
 * and without it.
 */
public final class Recording {

    /** A fault of a step, as the page marks it. */
    public enum Mark {
        /** A process died, or a replica began anew. */
        DIED,
        /** An engine lost its data, a consumer its offset, or a sender repeated messages. */
        LOST,
        /** Another process came between two statements. */
        VISITED,
        /** A clock stepped. */
        CLOCK
    }

    /** @param shown figures and lists that have another value since this step */
    @JsonInclude(NON_EMPTY)
    record Frame(String text, List<Mark> marks, Map<String, Object> shown, Map<String, Boolean> lamps) {}

    private record File(
            String machine,
            String seed,
            String hash,
            @Nullable String broken,
            List<Frame> frames) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Frame> frames = new ArrayList<>();
    private final Map<String, Object> shown = new LinkedHashMap<>();
    private final Map<String, Boolean> lamps = new LinkedHashMap<>();

    /** Where the command wants the recording of a run; null when no one watches. */
    static @Nullable Path file() {
        var file = System.getProperty("simulation.record");
        return file == null ? null : Path.of(file);
    }

    void step(String what) {
        frames.add(new Frame(what, new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    void mark(Mark mark) {
        if (!frames.isEmpty()) frames.getLast().marks().add(mark);
    }

    void show(String name, Object value) {
        if (!frames.isEmpty() && !value.equals(shown.put(name, value)))
            frames.getLast().shown().put(name, value);
    }

    void lamp(String invariant, boolean holds) {
        if (!frames.isEmpty() && !Boolean.valueOf(holds).equals(lamps.put(invariant, holds)))
            frames.getLast().lamps().put(invariant, holds);
    }

    void write(Path file, String machine, SimulationRun play, @Nullable String broken) {
        var hash = "%016x".formatted(play.trace().hash());
        try {
            Files.write(
                    file,
                    JSON.writeValueAsBytes(new File(machine, "0x%x".formatted(play.seed()), hash, broken, frames)));
        } catch (IOException unwritable) {
            throw new IllegalStateException(file + " cannot be written", unwritable);
        }
    }
}
