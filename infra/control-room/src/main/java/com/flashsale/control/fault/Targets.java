package com.flashsale.control.fault;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.engines.ProcessIdentity;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The processes that faults hit, and whether they are well. */
final class Targets {

    /**
     * An engine or a replica in the state READY.
     *
     * @param process null where another machine or container runs it
     */
    record Target(String id, @Nullable ProcessIdentity process) {

        boolean isAlive() {
            return process == null || process.isAlive();
        }
    }

    private static final String READY = "READY";

    private final Supplier<PlatformState> platform;
    private final Probe probe;

    Targets(Supplier<PlatformState> platform, Probe probe) {
        this.platform = platform;
        this.probe = probe;
    }

    /** An engine, or the last replica of a service; empty while it is not ready. */
    Optional<Target> ready(String name) {
        var state = platform.get();
        var engine = state.engines().stream()
                .filter(it -> it.name().equals(name) && it.state().equals(READY))
                .flatMap(it -> target(it.name(), it.pid(), it.started()).stream())
                .findFirst();
        if (engine.isPresent()) return engine;
        return state.services().stream()
                .filter(it -> it.name().equals(name) && it.state().equals(READY))
                .flatMap(it -> target(it.id(), it.pid(), it.started()).stream())
                .max(Comparator.comparing(Target::id));
    }

    private static Optional<Target> target(String id, @Nullable Long pid, @Nullable String started) {
        var process = pid == null || started == null ? null : new ProcessIdentity(pid, started);
        return Optional.of(new Target(id, process)).filter(Target::isAlive);
    }

    /** Whether the target answers, and whether another process has its place. */
    boolean isWell(Target target, boolean restarted) {
        var state = platform.get();
        for (var engine : state.engines()) {
            if (engine.name().equals(target.id())) {
                return engine.state().equals(READY) && probe.engineAnswers(engine.name());
            }
        }
        for (var service : state.services()) {
            if (service.id().equals(target.id())) {
                var pid = service.pid();
                var process = target.process();
                boolean other = pid != null && process != null && pid != process.pid();
                return service.state().equals(READY)
                        && other == restarted
                        && probe.serviceAnswers(service.managementUrl());
            }
        }
        return false;
    }
}
