package com.flashsale.local.service;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.engines.OrphanReaper;
import com.flashsale.local.process.ChildProcess;
import com.flashsale.local.process.LogTail;
import com.flashsale.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes the caches of services from what their training run has recorded, one after the other: each takes both cores of
 * a small machine.
 */
public final class Training {

    private static final int LAST_LINES = 5;

    /** On two cores one takes some five seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Home home;
    private final Jvm jvm;

    public Training(Home home, Jvm jvm) {
        this.home = home;
        this.jvm = jvm;
    }

    /**
     * A cache of an earlier training would be used by no recording run, but would be taken for the result of one that
     * failed.
     */
    public void forget(ServiceSpec service) throws IOException {
        cacheOf(service).forget();
    }

    /** True when a run has recorded something that no cache was made of. */
    public boolean isDue(ServiceSpec service) throws IOException {
        if (!Files.isReadable(home.jar(service.module()))) return false;
        var cache = cacheOf(service);
        return Files.isReadable(cache.recorded()) && !cache.exists();
    }

    /** Returns the size of the new cache in bytes. */
    public long create(ServiceSpec service) throws IOException, InterruptedException {
        var cache = cacheOf(service);
        if (!Files.isReadable(cache.recorded())) {
            throw ToolException.startFailed(service.name() + " has recorded nothing: " + cache.recorded(), List.of());
        }
        cache.forgetOthers();
        Files.deleteIfExists(cache.next());
        var log = home.log("training-" + service.name());
        Files.deleteIfExists(log);
        try (var reaper = OrphanReaper.start(home.run().resolve("reapers"))) {
            ChildProcess.start(spec(service, log), reaper).awaitEnd(PATIENCE);
        }
        Files.deleteIfExists(cache.recorded());
        if (!Files.isReadable(cache.next())) {
            throw ToolException.startFailed(
                    service.name() + " got no cache (log: " + log + ")",
                    LogTail.last(log, LAST_LINES).stream().toList());
        }
        cache.take();
        return Files.size(cache.cache());
    }

    private ProcessSpec spec(ServiceSpec service, Path log) throws IOException {
        var directory = home.run().resolve("tmp").resolve("training-" + service.name());
        return new ProcessSpec(JavaCommand.creating(service, app(service), directory, jvm), Map.of(), directory, log);
    }

    private TrainedCache cacheOf(ServiceSpec service) throws IOException {
        return new TrainedCache(app(service), jvm);
    }

    private App app(ServiceSpec service) throws IOException {
        return Release.built(service, home).app();
    }
}
