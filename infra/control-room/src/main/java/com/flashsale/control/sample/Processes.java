package com.flashsale.control.sample;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.figures.Metrics;
import com.flashsale.control.figures.ProcessReader;
import com.flashsale.control.sample.Sample.ProcessNow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All processes of the platform with their state and their use of the machine. */
final class Processes {

    /** Only each second sample reads the use: PostgreSQL alone is some sixty processes. */
    private static final int EVERY = 2;

    private static final double NANOS_PER_SECOND = 1e9;

    private final ProcessReader reader = new ProcessReader();
    private final Map<Long, ProcessReader.Use> uses = new HashMap<>();
    private int samples;

    private static ProcessReader.@Nullable Use told(@Nullable Replica replica) {
        if (replica == null) return null;
        var memory = replica.values(Metrics.MEMORY).get("");
        var time = replica.perSecond(Metrics.PROCESSOR_TIME).get("");
        return memory == null
                ? null
                : new ProcessReader.Use(time == null ? null : time / NANOS_PER_SECOND, memory.longValue());
    }

    private record Seen(
            String id, String kind, String state, @Nullable Long pid, int restarts, String note) {}

    /** @param replicas the metrics by id; they tell the use of a process that this machine cannot look at */
    List<ProcessNow> read(PlatformState state, Map<String, Replica> replicas) {
        var seen = new ArrayList<Seen>();
        state.engines()
                .forEach(it -> seen.add(new Seen(it.name(), "engine", it.state(), it.pid(), it.restarts(), it.note())));
        state.services()
                .forEach(it -> seen.add(new Seen(it.id(), "service", it.state(), it.pid(), it.restarts(), it.note())));
        var supervisor = state.supervisor();
        if (supervisor != null) seen.add(new Seen("supervisor", "tool", "READY", supervisor.pid(), 0, ""));
        if (samples++ % EVERY == 0) readUses(seen);
        return seen.stream().map(one -> now(one, replicas.get(one.id()))).toList();
    }

    private void readUses(List<Seen> seen) {
        var pids = seen.stream().map(Seen::pid).filter(Objects::nonNull).collect(Collectors.toSet());
        reader.keep(pids);
        uses.clear();
        for (var pid : pids) {
            var use = reader.read(pid);
            if (use != null) uses.put(pid, use);
        }
    }

    private ProcessNow now(Seen seen, @Nullable Replica replica) {
        var pid = seen.pid();
        var use = pid == null ? told(replica) : uses.get(pid);
        return new ProcessNow(
                seen.id(),
                seen.kind(),
                seen.state(),
                pid,
                use == null ? null : use.cores(),
                use == null ? null : use.bytes(),
                seen.restarts(),
                seen.note());
    }
}
