package com.flashsale.labs.watch;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.flashsale.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one run.
 *
 * @param seed as the options of a test take it
 * @param hash over all steps; equal hashes are equal runs
 * @param broken the violated promise; null when all held
 */
public record Recorded(
        String machine, String seed, String hash, @Nullable String broken, List<Frame> frames) {

    private static final String OTHER = "other";

    /** The lamps of the machines, in their order on the page; the names are short forms of docs/reliability.md. */
    private static final Map<String, String> NAMES = names();

    /** One step: its faults, the figures that change with it, and the lamps that change. */
    @JsonInclude(NON_EMPTY)
    public record Frame(
            String text,
            @Nullable List<String> marks,
            @Nullable Map<String, Object> shown,
            @Nullable Map<String, Boolean> lamps) {}

    static Recorded of(String json) {
        return Json.MAPPER.readValue(json, Recorded.class);
    }

    public boolean isGreen() {
        return broken == null;
    }

    /** The id and the name of each lamp of this run; a promise without an id has a lamp of its own once it breaks. */
    public Map<String, String> lamps() {
        var lit = new LinkedHashMap<String, Boolean>();
        frames.forEach(frame -> lit.putAll(orNone(frame.lamps())));
        if (broken != null && !lit.containsValue(false)) lit.put(OTHER, false);
        var found = new LinkedHashMap<String, String>();
        NAMES.forEach((id, name) -> {
            if (lit.containsKey(id)) found.put(id, name);
        });
        lit.keySet().forEach(id -> found.putIfAbsent(id, id));
        return found;
    }

    /** The ids whose promise broke. */
    public List<String> red() {
        var red = new LinkedHashMap<String, Boolean>();
        frames.forEach(frame -> red.putAll(orNone(frame.lamps())));
        red.values().removeIf(holds -> holds);
        if (red.isEmpty() && broken != null) return List.of(OTHER);
        return List.copyOf(red.keySet());
    }

    private static Map<String, Boolean> orNone(@Nullable Map<String, Boolean> lamps) {
        return lamps == null ? Map.of() : lamps;
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("I1", "no oversell");
        names.put("I2", "stock = ledger = reservations");
        names.put("I6", "purchase limit");
        names.put("I7", "each effect once");
        names.put("I8", "events in the order of versions");
        names.put("I9", "a fair line");
        names.put("I11", "holds end in time");
        names.put("I12", "promises within units");
        names.put("I15", "no idle unit beside a waiting customer");
        names.put(OTHER, "a promise without an id");
        return names;
    }
}
