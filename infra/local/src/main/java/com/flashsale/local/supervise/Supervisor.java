package com.flashsale.local.supervise;

import com.flashsale.client.ToolException;
import com.flashsale.local.process.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Starts resources in the order of their needs, keeps them running, and stops them in reverse order.
 *
 * <p>Invariant: after {@link #stop()} has returned, no process that was started here runs and none will be started.
 * More can be added and single ones retired meanwhile, by one thread at a time.
 */
public final class Supervisor {

    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

    /** Guarded by itself, as is {@code stopping}. */
    private final Map<String, SupervisedResource> byId = new LinkedHashMap<>();

    private final StatusBoard board;
    private final Clock clock;
    private final BackOff.Limits limits;
    private final Semaphore startsAtOnce;
    private boolean stopping;

    public Supervisor(List<Resource> resources, StatusBoard board, Clock clock, int startsAtOnce) {
        this(resources, board, clock, startsAtOnce, BackOff.Limits.USUAL);
    }

    Supervisor(List<Resource> resources, StatusBoard board, Clock clock, int startsAtOnce, BackOff.Limits limits) {
        this.board = board;
        this.clock = clock;
        this.limits = limits;
        this.startsAtOnce = new Semaphore(startsAtOnce);
        resources.forEach(resource -> byId.put(resource.id(), new SupervisedResource(resource, board, clock, limits)));
    }

    /**
     * Returns when all are ready; throws as soon as one fails. {@link #stop()} ends the resources that were started
     * until then.
     */
    public void start() {
        var starts = new LinkedHashMap<String, CompletableFuture<Void>>();
        var failed = new CompletableFuture<Void>();
        for (var supervised : known()) {
            var needs = supervised.resource().needs().stream().map(starts::get).toArray(CompletableFuture[]::new);
            var start = CompletableFuture.allOf(needs)
                    .thenRunAsync(
                            () -> startOne(supervised),
                            runnable -> Thread.ofVirtual().start(runnable))
                    .whenComplete((_, fault) -> {
                        if (fault != null) {
                            failed.completeExceptionally(fault);
                        }
                    });
            starts.put(supervised.resource().id(), start);
        }
        var all = CompletableFuture.allOf(starts.values().toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, failed).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ToolException known) {
                throw known;
            }
            throw e;
        }
        known().forEach(SupervisedResource::watch);
    }

    /**
     * Starts one more and keeps it running. One that does not come up is ended and forgotten, and the reason thrown.
     */
    public void add(Resource resource) {
        var supervised = enrol(resource);
        try {
            startOne(supervised);
        } catch (ToolException failed) {
            retire(resource.id());
            throw failed;
        }
        supervised.watch();
    }

    /** Keeps one more running whose start may fail: it is tried again as if it had died, with growing waits. */
    public void addStubbornly(Resource resource) {
        enrol(resource).watch();
    }

    /**
     * Ends a resource and starts it at once in any state; throws when there is none of this id or it does not come up.
     */
    public void restart(String id) {
        var supervised = supervised(id);
        if (supervised == null) throw ToolException.usage("nothing here is called " + id);
        StartAttempt.of(supervised, SupervisedResource::restart);
    }

    /** Ends a resource and forgets it; resources that need it must be gone already. */
    public void retire(String id) {
        var supervised = supervised(id);
        if (supervised != null) {
            stop(supervised);
            synchronized (byId) {
                byId.remove(id, supervised);
            }
            board.forget(id);
        }
    }

    private SupervisedResource enrol(Resource resource) {
        var supervised = new SupervisedResource(resource, board, clock, limits);
        synchronized (byId) {
            if (stopping) {
                throw ToolException.startFailed("the platform is being stopped", List.of());
            }
            if (byId.putIfAbsent(resource.id(), supervised) != null) {
                throw new IllegalStateException(resource.id() + " runs already");
            }
        }
        return supervised;
    }

    private List<SupervisedResource> known() {
        synchronized (byId) {
            return List.copyOf(byId.values());
        }
    }

    private @Nullable SupervisedResource supervised(String id) {
        synchronized (byId) {
            return byId.get(id);
        }
    }

    private void startOne(SupervisedResource supervised) {
        StartAttempt.of(supervised, it -> {
            startsAtOnce.acquire();
            try {
                it.startFirst();
            } finally {
                startsAtOnce.release();
            }
        });
    }

    /** Stops in waves: first the resources that no running resource needs; a wave stops side by side. */
    public void stop() {
        Map<String, SupervisedResource> left;
        synchronized (byId) {
            stopping = true;
            left = new LinkedHashMap<>(byId);
        }
        left.values().forEach(SupervisedResource::stopWatching);
        while (!left.isEmpty()) {
            var wave = left.values().stream()
                    .filter(supervised -> left.values().stream()
                            .noneMatch(other -> other.resource()
                                    .needs()
                                    .contains(supervised.resource().id())))
                    .toList();
            var stops = new ArrayList<Thread>();
            for (var supervised : wave) {
                stops.add(Thread.ofVirtual().start(() -> stop(supervised)));
                left.remove(supervised.resource().id());
            }
            stops.forEach(Supervisor::join);
        }
    }

    private static void stop(SupervisedResource supervised) {
        try {
            supervised.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread stop) {
        try {
            stop.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
