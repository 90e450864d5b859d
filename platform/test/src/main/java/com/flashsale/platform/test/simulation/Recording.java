package com.flashsale.platform.test.simulation;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run for onlookers: its steps by process, the faults among them, the ways of the messages, the figures that changed
 * with each step, and the checks of each invariant. {@code -Dsimulation.record=FILE} writes it as JSON. It decides
 * nothing, so the run is the same with and without it.
 */
public final class Recording {

    /** A fault of a step, as the page marks it. */
    public enum Mark {
        /** A process died on the way. Its next step is the one of a new process. */
        DIED,
        /** A process began anew. */
        RESTARTED,
        /** An engine lost its data, a consumer its offset, or a sender repeated messages. */
        LOST,
        /** Another process came between two statements. */
        VISITED,
        /** A clock stepped. */
        CLOCK
    }

    /** The way of a message at a process. */
    enum Way {
        SENT,
        /** It took effect, or was recognised as an old one. */
        TAKEN,
        /** Its consumer died with it, so it comes again. */
        DROPPED,
        /** The consumer lost its offset, so it comes again. */
        BACK
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"way", "message", "at"})
    record Move(Way way, String message, String at) {}

    /**
     * @param by the process that took the step
     * @param with other processes that took part
     * @param shown figures and lists that have another value since this step
     */
    @JsonInclude(NON_EMPTY)
    record Frame(
            String text,
            String by,
            List<Mark> marks,
            List<String> with,
            List<Move> moves,
            Map<String, Object> shown,
            Map<String, Boolean> lamps) {}

    private record File(
            String machine,
            String seed,
            String hash,
            @Nullable String broken,
            List<String> lanes,
            List<Frame> frames) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> lanes = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<Move> early = new ArrayList<>();
    private final Map<String, Object> shown = new LinkedHashMap<>();
    private final Map<String, Boolean> lamps = new LinkedHashMap<>();
    private final boolean watched;
    private String by = "run";

    /** @param watched whether to compute figures, which only onlookers need */
    Recording(boolean watched) {
        this.watched = watched;
    }

    /** Where the command wants the recording of a run; null when no one watches. */
    static @Nullable Path file() {
        var file = System.getProperty("simulation.record");
        return file == null ? null : Path.of(file);
    }

    /** The processes, in the order of their lanes on the page; others follow in the order of their first steps. */
    public void lanes(List<String> processes) {
        lanes.addAll(processes);
    }

    /** The process that takes the steps from now on. */
    public void by(String process) {
        by = process;
    }

    void step(String what) {
        frames.add(new Frame(
                what,
                by,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(early),
                new LinkedHashMap<>(),
                new LinkedHashMap<>()));
        early.clear();
    }

    /** The fault of the last step. */
    public void mark(Mark mark) {
        if (!frames.isEmpty()) frames.getLast().marks().add(mark);
    }

    /** Another process takes part in the last step. */
    public void with(String process) {
        if (!frames.isEmpty()) frames.getLast().with().add(process);
    }

    /** A message leaves the process with the next step. */
    public void sends(String message) {
        early.add(new Move(Way.SENT, message, by));
    }

    /** A message reached the process with the last step; it was taken, or the process died with it. */
    public void receives(String message, boolean taken) {
        move(taken ? Way.TAKEN : Way.DROPPED, message, by);
    }

    /** With the last step the process tells another one, which hears it at once. */
    public void tells(String to, String message) {
        move(Way.SENT, message, by);
        move(Way.TAKEN, message, to);
    }

    /** With the next step a message is before its consumer again. */
    void comesAgain(String message) {
        early.add(new Move(Way.BACK, message, by));
    }

    private void move(Way way, String message, String at) {
        if (!frames.isEmpty()) frames.getLast().moves().add(new Move(way, message, at));
    }

    /** Figures since the last step, which only a watched run computes. */
    public void show(Supplier<Map<String, ?>> figures) {
        if (!watched || frames.isEmpty()) return;
        figures.get().forEach((name, value) -> {
            if (!value.equals(shown.put(name, value))) frames.getLast().shown().put(name, value);
        });
    }

    void lamp(String invariant, boolean holds) {
        if (!frames.isEmpty() && !Boolean.valueOf(holds).equals(lamps.put(invariant, holds)))
            frames.getLast().lamps().put(invariant, holds);
    }

    void write(Path file, String machine, SimulationRun play, @Nullable String broken) {
        var hash = "%016x".formatted(play.trace().hash());
        var run = new File(machine, "0x%x".formatted(play.seed()), hash, broken, lanes, frames);
        try {
            Files.write(file, JSON.writeValueAsBytes(run));
        } catch (IOException unwritable) {
            throw new IllegalStateException(file + " cannot be written", unwritable);
        }
    }
}
