package com.flashsale.local.service;

import com.flashsale.client.topology.Instance;
import com.flashsale.engines.OrphanReaper;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.process.ChildProcess;
import com.flashsale.local.process.ProcessSpec;
import com.flashsale.local.supervise.Resource;
import com.flashsale.local.supervise.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One replica of a service as a process; ready when its readiness page says so. */
public final class ServiceResource implements Resource {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Longer than the services' own graceful shutdown. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);

    /** Longer than the usual stop: the JVM writes its recording at the end. */
    private static final Duration STOP_PATIENCE_WITH_RECORDING = Duration.ofMinutes(3);

    /** A replica that was never ready has no callers to leave. */
    private static final Duration STOP_PATIENCE_WHILE_STARTING = Duration.ofSeconds(2);

    private final Instance instance;
    private final LocalContext context;
    private final Set<String> needs;
    private final OrphanReaper reaper;
    private final Release release;
    private volatile @Nullable ChildProcess child;
    private volatile boolean ready;
    private volatile boolean records;
    private boolean logIsOurs;

    public ServiceResource(
            Instance instance, LocalContext context, Set<String> needs, OrphanReaper reaper, Release release) {
        this.instance = instance;
        this.context = context;
        this.needs = Set.copyOf(needs);
        this.reaper = reaper;
        this.release = release;
    }

    public Instance instance() {
        return instance;
    }

    public Release release() {
        return release;
    }

    @Override
    public String id() {
        return instance.id();
    }

    @Override
    public Set<String> needs() {
        return needs;
    }

    @Override
    public Path log() {
        return context.home().log(id());
    }

    @Override
    public Optional<ProcessIdentity> process() {
        var current = child;
        return current == null ? Optional.empty() : current.identity();
    }

    @Override
    public void start() throws StartException, InterruptedException {
        ready = false;
        awaitReady(spawn());
        ready = true;
    }

    private ChildProcess spawn() throws StartException {
        try {
            var directory = context.home().run().resolve("tmp").resolve(id());
            var mode = modeOfThisCopy();
            records = JavaCommand.records(instance.service(), release.app(), mode);
            var spec = new ProcessSpec(
                    JavaCommand.of(instance.service(), release.app(), directory, mode),
                    new ServiceEnvironment(context.platform()).of(instance),
                    directory,
                    log());
            keepTheLogOfTheLastRun();
            var started = ChildProcess.start(spec, reaper);
            child = started;
            return started;
        } catch (IOException e) {
            throw new StartException("its process cannot be started: " + e.getMessage(), e);
        }
    }

    /** One replica is enough for training, and two would write into one file. */
    private RunMode modeOfThisCopy() {
        var mode = context.mode();
        return instance.replica() > 1 ? mode.recording(RunMode.Recording.NONE) : mode;
    }

    /** One log per run and one before it; a process that is started again goes on in the same. */
    private void keepTheLogOfTheLastRun() throws IOException {
        if (!logIsOurs && Files.exists(log())) {
            var last = log().resolveSibling(log().getFileName() + ".old");
            Files.move(log(), last, StandardCopyOption.REPLACE_EXISTING);
        }
        logIsOurs = true;
    }

    private void awaitReady(ChildProcess started) throws StartException, InterruptedException {
        long deadline = System.nanoTime() + release.startsWithin().toNanos();
        var page = readinessPage();
        while (!Readiness.isUp(page)) {
            if (!started.isAlive()) {
                throw new StartException("it ended with exit code " + started.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new StartException(
                        "it was not ready after " + release.startsWithin().toSeconds() + " s (" + page + ")");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    public URI readinessPage() {
        return URI.create(
                "http://127.0.0.1:" + context.platform().ports().managementOf(instance) + "/actuator/health/readiness");
    }

    @Override
    public void stop() {
        var current = child;
        if (current != null) {
            current.stop(ready ? patience() : STOP_PATIENCE_WHILE_STARTING);
        }
    }

    private Duration patience() {
        return records ? STOP_PATIENCE_WITH_RECORDING : STOP_PATIENCE;
    }
}
