package com.flashsale.local.platform;

import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.StateFile;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Ports;
import com.flashsale.client.topology.Services;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.service.ServiceResource;
import com.flashsale.local.supervise.Resource;
import com.flashsale.local.supervise.ResourceStatus;
import com.flashsale.local.supervise.StatusBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the state file at each change, so that other commands see what this process sees. */
final class StateWriter implements StatusBoard.Listener {

    private final Context context;
    private final List<EngineResource> engines;
    private final List<ServiceResource> services;
    private final StateFile file;
    private final Instant startedAt;
    private List<ResourceStatus> last = List.of();
    private String phase = "STARTING";
    private boolean rolling;
    private @Nullable Duration toReady;

    StateWriter(Context context, ResourceGraph graph, StateFile file, Instant startedAt) {
        this.context = context;
        this.engines = graph.engines();
        this.services = new ArrayList<>(graph.services());
        this.file = file;
        this.startedAt = startedAt;
    }

    @Override
    public synchronized void changed(ResourceStatus resource, List<ResourceStatus> all) {
        last = all;
        file.write(current());
    }

    synchronized void ready(Duration time) {
        toReady = time;
        phase("READY");
    }

    synchronized void phase(String now) {
        phase = now;
        file.write(current());
    }

    synchronized void rolling(boolean now) {
        rolling = now;
        file.write(current());
    }

    synchronized List<ServiceResource> services() {
        return List.copyOf(services);
    }

    /**
     * Adds a replica before its start: every process of this supervisor must be in the file, so that a later run finds
     * it after a crash.
     */
    synchronized void add(ServiceResource replica) {
        services.add(replica);
        services.sort(Comparator.comparingInt(StateWriter::rank));
    }

    private static int rank(ServiceResource replica) {
        var instance = replica.instance();
        return Services.all().indexOf(instance.service()) * (Ports.MAX_REPLICAS + 2) + instance.replica();
    }

    synchronized void remove(Instance place) {
        services.removeIf(it -> it.instance().equals(place));
        file.write(current());
    }

    synchronized PlatformState current() {
        var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        var statuses = last.stream().collect(Collectors.toMap(ResourceStatus::id, Function.identity()));
        return new PlatformState(
                overall(statuses),
                context.gatewayUrl(),
                context.ports().base(),
                startedAt,
                seconds(toReady),
                new PlatformState.Supervisor(self.pid(), self.started(), 0),
                0,
                services.stream().map(it -> service(it, status(it, statuses))).toList(),
                engines.stream().map(it -> engine(it, status(it, statuses))).toList());
    }

    private String overall(Map<String, ResourceStatus> statuses) {
        if (!phase.equals("READY")) {
            return phase;
        }
        boolean allReady = Stream.concat(engines.stream(), services.stream())
                .allMatch(it -> status(it, statuses).state() == ResourceStatus.State.READY);
        return rolling ? "ROLLING" : allReady ? "READY" : "DEGRADED";
    }

    private static ResourceStatus status(Resource resource, Map<String, ResourceStatus> statuses) {
        var known = statuses.get(resource.id());
        return known == null ? ResourceStatus.waiting(resource.id()) : known;
    }

    private PlatformState.Service service(ServiceResource resource, ResourceStatus status) {
        var instance = resource.instance();
        var process = resource.process();
        return new PlatformState.Service(
                instance.service().name(),
                instance.id(),
                status.state().name(),
                "http://localhost:" + context.ports().of(instance),
                "http://localhost:" + context.ports().managementOf(instance),
                process.map(ProcessIdentity::pid).orElse(null),
                process.map(ProcessIdentity::started).orElse(null),
                0,
                status.restarts(),
                seconds(status.took()),
                status.note(),
                resource.release().version());
    }

    private static PlatformState.Engine engine(EngineResource resource, ResourceStatus status) {
        var process = resource.process();
        return new PlatformState.Engine(
                resource.id(),
                status.state().name(),
                resource.url(),
                process.map(ProcessIdentity::pid).orElse(null),
                process.map(ProcessIdentity::started).orElse(null),
                0,
                status.restarts(),
                seconds(status.took()),
                status.note());
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : time.toMillis() / 1000.0;
    }
}
