package com.flashsale.client.platform;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.flashsale.engines.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The document that {@code status --json} prints and {@code .run/state.json} holds. Scripts rely on the names; fields
 * are added, never renamed.
 *
 * @param state STARTING, READY, ROLLING (another release takes the place of one, as many replicas as before are ready),
 *     DEGRADED (something is being started again or was given up), STOPPING or STOPPED; EXTERNAL for a platform that
 *     others run (containers, a cluster): the file is then written by hand or by them, and only says where it answers
 */
public record PlatformState(
        String state,
        @Nullable String gateway,
        @Nullable Integer portBase,
        @Nullable Instant startedAt,
        @Nullable Double secondsToReady,
        @Nullable Supervisor supervisor,
        long rssBytes,
        List<Service> services,
        List<Engine> engines) {

    public record Supervisor(long pid, String started, long rssBytes) {}

    /**
     * @param name the service's; replicas share it and differ by id
     * @param release what it runs, by version and content; null where another program started it
     */
    public record Service(
            String name,
            String id,
            String state,
            String url,
            String managementUrl,
            @Nullable Long pid,
            @Nullable String started,
            long rssBytes,
            int restarts,
            @Nullable Double seconds,
            String note,
            @Nullable String release) {}

    public record Engine(
            String name,
            String state,
            String url,
            @Nullable Long pid,
            @Nullable String started,
            long rssBytes,
            int restarts,
            @Nullable Double seconds,
            String note) {}

    private static final String EXTERNAL = "EXTERNAL";

    @JsonIgnore
    public boolean isExternal() {
        return EXTERNAL.equals(state);
    }

    public static PlatformState stopped() {
        return new PlatformState("STOPPED", null, null, null, null, null, 0, List.of(), List.of());
    }

    /** Where the first replica of a service answers by itself, without the gateway. */
    public String urlOf(String service) {
        return services.stream()
                .filter(it -> it.name.equals(service))
                .map(Service::url)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the description of the platform names no service " + service));
    }

    /** The same with the memory that its processes hold at this moment. */
    public PlatformState measured() {
        var measuredServices = services.stream()
                .map(it -> new Service(
                        it.name,
                        it.id,
                        it.state,
                        it.url,
                        it.managementUrl,
                        it.pid,
                        it.started,
                        memory(it.pid, it.started),
                        it.restarts,
                        it.seconds,
                        it.note,
                        it.release))
                .toList();
        var measuredEngines = engines.stream()
                .map(it -> new Engine(
                        it.name,
                        it.state,
                        it.url,
                        it.pid,
                        it.started,
                        memory(it.pid, it.started),
                        it.restarts,
                        it.seconds,
                        it.note))
                .toList();
        var self = supervisor == null
                ? null
                : new Supervisor(supervisor.pid, supervisor.started, memory(supervisor.pid, supervisor.started, false));
        long total = measuredServices.stream().mapToLong(Service::rssBytes).sum()
                + measuredEngines.stream().mapToLong(Engine::rssBytes).sum()
                + (self == null ? 0 : self.rssBytes);
        return new PlatformState(
                state, gateway, portBase, startedAt, secondsToReady, self, total, measuredServices, measuredEngines);
    }

    /** Every child process that this state names, whether it still runs or not. */
    public List<ProcessIdentity> children() {
        return Stream.concat(
                        services.stream().map(it -> identity(it.pid, it.started)),
                        engines.stream().map(it -> identity(it.pid, it.started)))
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<ProcessIdentity> supervisorProcess() {
        return supervisor == null
                ? Optional.empty()
                : Optional.of(new ProcessIdentity(supervisor.pid, supervisor.started));
    }

    private static Optional<ProcessIdentity> identity(@Nullable Long pid, @Nullable String started) {
        return pid == null || started == null ? Optional.empty() : Optional.of(new ProcessIdentity(pid, started));
    }

    private static long memory(@Nullable Long pid, @Nullable String started) {
        return memory(pid, started, true);
    }

    private static long memory(@Nullable Long pid, @Nullable String started, boolean withChildren) {
        return identity(pid, started)
                .filter(ProcessIdentity::isAlive)
                .flatMap(process -> ProcessHandle.of(process.pid()))
                .map(handle -> withChildren ? Memory.residentBytesOfTree(handle) : Memory.residentBytes(handle.pid()))
                .orElse(0L);
    }
}
