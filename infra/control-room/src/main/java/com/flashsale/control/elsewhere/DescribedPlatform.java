package com.flashsale.control.elsewhere;

import com.flashsale.client.platform.Addresses;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.PlatformState.Engine;
import com.flashsale.client.platform.PlatformState.Service;
import com.flashsale.control.fault.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The processes of a platform that runs elsewhere. Its description names services and engines. A thread looks up the
 * replicas of each service and asks all for their readiness, once in two seconds.
 */
public final class DescribedPlatform implements Supplier<PlatformState>, AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final PlatformState described;
    private final Probe probe;
    private final Readiness readiness = new Readiness();
    private final List<Replicas> services;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile PlatformState seen;

    private DescribedPlatform(PlatformState described, Probe probe) {
        this.described = described;
        this.probe = probe;
        var byName = new LinkedHashMap<String, List<Service>>();
        for (var row : described.services()) {
            byName.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row);
        }
        this.services = byName.values().stream().map(Replicas::new).toList();
        this.seen = state("STARTING", described.services(), described.engines());
        this.thread = Thread.ofVirtual().name("described-platform").unstarted(this::run);
    }

    /**
     * Returns at once; before the first look, all processes have the state of the description.
     *
     * @throws IllegalArgumentException for an engine that the probe cannot ask, or an address that is none
     */
    public static DescribedPlatform start(PlatformState described, Probe probe) {
        for (var engine : described.engines()) {
            if (!Probe.ENGINES.contains(engine.name())) {
                throw new IllegalArgumentException(
                        "the description of the platform names an unknown engine: " + engine.name());
            }
            Addresses.socketOf(engine.url().replaceFirst("^jdbc:postgresql://", ""));
        }
        var platform = new DescribedPlatform(described, probe);
        platform.thread.start();
        return platform;
    }

    /** The processes as they were seen last. */
    @Override
    public PlatformState get() {
        return seen;
    }

    private void run() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            do {
                seen = look(threads);
            } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private PlatformState look(ExecutorService threads) throws InterruptedException {
        var asked = new ArrayList<Callable<List<Service>>>();
        for (var service : services) asked.add(() -> service.look(readiness, threads));
        var probed = new ArrayList<Callable<Engine>>();
        for (var engine : described.engines()) probed.add(() -> probed(engine));
        // both at once: each has time limits of its own
        var engines = probed.stream().map(threads::submit).toList();
        var found = new ArrayList<Service>();
        for (var one : threads.invokeAll(asked)) found.addAll(resultOf(one));
        var answering = new ArrayList<Engine>();
        for (var one : engines) answering.add(resultOf(one));
        boolean well = found.stream().allMatch(one -> one.state().equals(Readiness.READY))
                && answering.stream().allMatch(one -> one.state().equals(Readiness.READY));
        return state(well ? Readiness.READY : "DEGRADED", found, answering);
    }

    private Engine probed(Engine engine) {
        var state = probe.engineAnswers(engine.name()) ? Readiness.READY : Readiness.SILENT;
        return new Engine(engine.name(), state, engine.url(), null, null, 0, 0, null, "");
    }

    static <T> T resultOf(Future<T> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException unforeseen) {
            throw new IllegalStateException(unforeseen.getCause());
        }
    }

    private PlatformState state(String state, List<Service> services, List<Engine> engines) {
        return new PlatformState(state, described.gateway(), null, null, null, null, 0, services, engines);
    }

    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
        readiness.close();
    }
}
