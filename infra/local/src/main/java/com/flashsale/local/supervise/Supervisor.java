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
    private final Map<String, Keeper> keepers = new LinkedHashMap<>();

    private final Board board;
    private final Clock clock;
    private final BackOff.Limits limits;
    private final Semaphore startsAtOnce;
    private boolean stopping;

    public Supervisor(List<Resource> resources, Board board, Clock clock, int startsAtOnce) {
        this(resources, board, clock, startsAtOnce, BackOff.Limits.USUAL);
    }

    Supervisor(List<Resource> resources, Board board, Clock clock, int startsAtOnce, BackOff.Limits limits) {
        this.board = board;
        this.clock = clock;
        this.limits = limits;
        this.startsAtOnce = new Semaphore(startsAtOnce);
        resources.forEach(resource -> keepers.put(resource.id(), new Keeper(resource, board, clock, limits)));
    }

    /**
     * Returns when all are ready; throws as soon as one fails. {@link #stop()} ends the resources that were started
     * until then.
     */
    public void start() {
        var starts = new LinkedHashMap<String, CompletableFuture<Void>>();
        var failed = new CompletableFuture<Void>();
        for (var keeper : known()) {
            var needs = keeper.resource().needs().stream().map(starts::get).toArray(CompletableFuture[]::new);
            var start = CompletableFuture.allOf(needs)
                    .thenRunAsync(
                            () -> startOne(keeper),
                            runnable -> Thread.ofVirtual().start(runnable))
                    .whenComplete((_, fault) -> {
                        if (fault != null) {
                            failed.completeExceptionally(fault);
                        }
                    });
            starts.put(keeper.resource().id(), start);
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
        known().forEach(Keeper::watch);
    }

    /**
     * Starts one more and keeps it running. One that does not come up is ended and forgotten, and the reason thrown.
     */
    public void add(Resource resource) {
        var keeper = enrol(resource);
        try {
            startOne(keeper);
        } catch (ToolException failed) {
            retire(resource.id());
            throw failed;
        }
        keeper.watch();
    }

    /** Keeps one more running whose start may fail: it is tried again as if it had died, with growing waits. */
    public void addStubbornly(Resource resource) {
        enrol(resource).watch();
    }

    /**
     * Ends a resource and starts it at once in any state; throws when there is none of this id or it does not come up.
     */
    public void restart(String id) {
        var keeper = keeper(id);
        if (keeper == null) throw ToolException.usage("nothing here is called " + id);
        StartAttempt.of(keeper, Keeper::restart);
    }

    /** Ends a resource and forgets it; resources that need it must be gone already. */
    public void retire(String id) {
        var keeper = keeper(id);
        if (keeper != null) {
            stop(keeper);
            synchronized (keepers) {
                keepers.remove(id, keeper);
            }
            board.forget(id);
        }
    }

    private Keeper enrol(Resource resource) {
        var keeper = new Keeper(resource, board, clock, limits);
        synchronized (keepers) {
            if (stopping) {
                throw ToolException.startFailed("the platform is being stopped", List.of());
            }
            if (keepers.putIfAbsent(resource.id(), keeper) != null) {
                throw new IllegalStateException(resource.id() + " runs already");
            }
        }
        return keeper;
    }

    private List<Keeper> known() {
        synchronized (keepers) {
            return List.copyOf(keepers.values());
        }
    }

    private @Nullable Keeper keeper(String id) {
        synchronized (keepers) {
            return keepers.get(id);
        }
    }

    private void startOne(Keeper keeper) {
        StartAttempt.of(keeper, it -> {
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
        Map<String, Keeper> left;
        synchronized (keepers) {
            stopping = true;
            left = new LinkedHashMap<>(keepers);
        }
        left.values().forEach(Keeper::stopWatching);
        while (!left.isEmpty()) {
            var wave = left.values().stream()
                    .filter(keeper -> left.values().stream()
                            .noneMatch(other -> other.resource()
                                    .needs()
                                    .contains(keeper.resource().id())))
                    .toList();
            var stops = new ArrayList<Thread>();
            for (var keeper : wave) {
                stops.add(Thread.ofVirtual().start(() -> stop(keeper)));
                left.remove(keeper.resource().id());
            }
            stops.forEach(Supervisor::join);
        }
    }

    private static void stop(Keeper keeper) {
        try {
            keeper.stop();
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
