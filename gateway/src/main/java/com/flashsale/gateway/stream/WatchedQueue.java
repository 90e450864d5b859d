package com.flashsale.gateway.stream;

import com.flashsale.gateway.queue.QueueSnapshot;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** The queue of one sale and its watchers, in one set for each event loop that only this loop touches. */
final class WatchedQueue {

    /** Interval after which an unchanged snapshot is sent again, as a heartbeat for each watcher. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(12);

    private final JsonMapper json;
    private final AtomicInteger size = new AtomicInteger();
    private final Map<EventExecutor, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private QueueSnapshot snapshot;
    private volatile QueueEvent event;
    private volatile long madeAt = System.nanoTime();

    WatchedQueue(QueueSnapshot first, JsonMapper json) {
        this.json = json;
        snapshot = first;
        event = QueueEvent.of(first, json);
    }

    /** Takes the newest snapshot. An unchanged one makes no event until the next heartbeat is due. */
    @SuppressWarnings("ReferenceEquality") // polls are answered with the same snapshot for a second
    synchronized void take(QueueSnapshot newest) {
        if (newest == snapshot || !newest.status().is2xxSuccessful()) return;
        snapshot = newest;
        var next = QueueEvent.of(newest, json);
        var now = System.nanoTime();
        if (next.looksLike(event) && now - madeAt < HEARTBEAT.toNanos()) return;
        event = next;
        madeAt = now;
    }

    QueueEvent event() {
        return event;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    /** On the watcher's event loop. */
    void add(Watcher watcher) {
        size.incrementAndGet();
        watchers.computeIfAbsent(watcher.executor(), _ -> new HashSet<>()).add(watcher);
    }

    /** On the watcher's event loop. */
    void remove(Watcher watcher) {
        var here = watchers.get(watcher.executor());
        if (here != null && here.remove(watcher)) size.decrementAndGet();
    }

    /** Shows the present event to all watchers. */
    void beat() {
        var present = event;
        watchers.forEach((loop, here) -> loop.execute(() -> {
            for (var watcher : here.toArray(Watcher[]::new)) watcher.show(present);
        }));
    }

    void end() {
        watchers.forEach((loop, here) -> loop.execute(() -> {
            for (var watcher : here.toArray(Watcher[]::new)) watcher.end();
        }));
    }
}
