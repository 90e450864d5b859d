package com.flashsale.labs.watch;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.flashsale.client.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one run, as {@code Recording} of platform-test writes it.
 *
 * @param seed as the options of a test take it
 * @param hash over all steps; equal hashes are equal runs
 * @param broken the violated promise; null when all held
 * @param lanes the processes, in the order of the page
 */
public record Recorded(
        String machine, String seed, String hash, @Nullable String broken, List<String> lanes, List<Frame> frames) {

    /** The lamp of a violated promise that no invariant of docs/reliability.md names. */
    static final String OTHER = "other";

    /** The lamps of the machines, in their order on the page; the names are short forms of docs/reliability.md. */
    private static final Map<String, String> NAMES = names();

    /**
     * One step.
     *
     * @param by the process that took it
     * @param marks its faults
     * @param with other processes that took part
     * @param moves of messages: what each one did, its name, and the process
     * @param shown the figures that change with it
     * @param lamps those that change
     */
    @JsonInclude(NON_EMPTY)
    public record Frame(
            String text,
            String by,
            @Nullable List<String> marks,
            @Nullable List<String> with,
            @Nullable List<List<String>> moves,
            @Nullable Map<String, Object> shown,
            @Nullable Map<String, Boolean> lamps) {

        static <T> List<T> orNone(@Nullable List<T> some) {
            return Objects.requireNonNullElse(some, List.of());
        }

        static <T> Map<String, T> orNone(@Nullable Map<String, T> some) {
            return Objects.requireNonNullElse(some, Map.of());
        }

        Frame withLamp(String id, boolean holds) {
            var more = new LinkedHashMap<>(orNone(lamps));
            more.put(id, holds);
            return new Frame(text, by, marks, with, moves, shown, more);
        }
    }

    /** @param blamed the invariant of a violation that none of the checks names */
    public static Recorded of(String json, String blamed) {
        var run = Json.MAPPER.readValue(json, Recorded.class);
        if (run.isGreen() || !run.red().isEmpty()) return run;
        var frames = new ArrayList<>(run.frames());
        frames.add(frames.removeLast().withLamp(blamed, false));
        return new Recorded(run.machine(), run.seed(), run.hash(), run.broken(), run.lanes(), List.copyOf(frames));
    }

    public boolean isGreen() {
        return broken == null;
    }

    /** The id and the name of each lamp of this run. */
    public Map<String, String> lamps() {
        var ends = ends();
        var found = new LinkedHashMap<String, String>();
        NAMES.forEach((id, name) -> {
            if (ends.containsKey(id)) found.put(id, name);
        });
        ends.keySet().forEach(id -> found.putIfAbsent(id, id));
        return found;
    }

    /** The ids of the violated promises. */
    public List<String> red() {
        var ends = ends();
        ends.values().removeIf(holds -> holds);
        return List.copyOf(ends.keySet());
    }

    private Map<String, Boolean> ends() {
        var ends = new LinkedHashMap<String, Boolean>();
        frames.forEach(frame -> ends.putAll(Frame.orNone(frame.lamps())));
        return ends;
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("I1", "no oversell");
        names.put("I2", "stock = ledger = reservations");
        names.put("I6", "purchase limit");
        names.put("I7", "each effect once");
        names.put("I8", "events in order");
        names.put("I9", "a fair line");
        names.put("I10", "one capture per paid order");
        names.put("I11", "holds end in time");
        names.put("I12", "promises within units");
        names.put("I15", "no idle unit");
        names.put(OTHER, "a promise without an id");
        return names;
    }
}
