package com.flashsale.load.observe;

import com.flashsale.client.platform.Memory;
import com.flashsale.client.platform.PlatformState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of each process of the platform, as the kernel counts it, in steps of 10 ms. Where the processes are
 * out of sight, as in containers, the services report their own time; the engines report none.
 */
public final class Processor {

    private static final long MILLIS_PER_TICK = 10;
    private static final int AFTER_NAME = 2;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    /** The process that measures. */
    public static final String LOAD_GENERATOR = "load generator";

    private record Process(String name, long pid) {}

    /**
     * @param millis processor time of each process since its start
     * @param busyMillis busy time of the whole machine, other processes included
     * @param totalMillis busy and idle time over all cores
     */
    public record Reading(Map<String, Long> millis, long busyMillis, long totalMillis) {}

    /** The metric of a service for the processor time of its whole process. */
    private static final String OWN_WORDS = "process_cpu_time_ns_total";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Process> processes = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();

    public Processor(PlatformState state) {
        state.services().forEach(service -> {
            if (service.pid() != null) processes.add(new Process(service.id(), service.pid()));
            else asked.add(service.id());
        });
        state.engines().forEach(engine -> {
            if (engine.pid() != null) processes.add(new Process(engine.name(), engine.pid()));
            else unseen.add(engine.name());
        });
        processes.add(new Process(LOAD_GENERATOR, ProcessHandle.current().pid()));
    }

    /** The processes of the platform whose time is known, by the names of a reading. */
    public List<String> processes() {
        return Stream.concat(processes.stream().map(Process::name), asked.stream())
                .filter(name -> !name.equals(LOAD_GENERATOR))
                .toList();
    }

    public Reading read() {
        var millis = new LinkedHashMap<String, Long>();
        processes.forEach(process -> millis.merge(process.name(), ofTree(process.pid()), Long::sum));
        var machine = machine();
        return new Reading(millis, machine[0], machine[1]);
    }

    /** The reading, completed by the time that services report whose processes are out of sight. */
    public Reading complete(Reading reading, Map<String, Map<String, Double>> metrics) {
        var millis = new LinkedHashMap<>(reading.millis());
        for (var service : asked) {
            var nanos = metrics.getOrDefault(service, Map.of()).get(OWN_WORDS);
            if (nanos != null) millis.put(service, Math.round(nanos / NANOS_PER_MILLI));
        }
        return new Reading(millis, reading.busyMillis(), reading.totalMillis());
    }

    /** The engines whose processor time is unknown. With any of them, the load of other programs is unknown too. */
    public List<String> unseen() {
        return List.copyOf(unseen);
    }

    public Map<String, Long> residentBytes() {
        var bytes = new LinkedHashMap<String, Long>();
        processes.forEach(process -> ProcessHandle.of(process.pid())
                .ifPresent(handle -> bytes.merge(process.name(), Memory.residentBytesOfTree(handle), Long::sum)));
        return bytes;
    }

    /**
     * Processor time of a process and its children. PostgreSQL has a process for each connection; the parent's sum
     * contains those that ended.
     */
    private static long ofTree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                        .mapToLong(handle -> ticks(handle.pid()) * MILLIS_PER_TICK)
                        .sum())
                .orElse(0L);
    }

    private static long ticks(long pid) {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = text.substring(text.lastIndexOf(')') + AFTER_NAME).split(" ", -1);
            return Long.parseLong(fields[USER])
                    + Long.parseLong(fields[SYSTEM])
                    + Long.parseLong(fields[CHILDREN_USER])
                    + Long.parseLong(fields[CHILDREN_SYSTEM]);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Busy and total time of the machine in milliseconds; both 0 if the system hides them. */
    private static long[] machine() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var fields = lines.findFirst().orElse("").trim().split("\\s+", -1);
            long all = 0;
            long idle = 0;
            for (int i = 1; i <= 8 && i < fields.length; i++) {
                long ticks = Long.parseLong(fields[i]);
                all += ticks;
                if (i == 4 || i == 5) idle += ticks;
            }
            return new long[] {(all - idle) * MILLIS_PER_TICK, all * MILLIS_PER_TICK};
        } catch (IOException notLinux) {
            return new long[2];
        }
    }
}
