package com.flashsale.gateway.stream;

import com.flashsale.gateway.overload.OverloadSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Limit of the watchers. While there is room each address may have any number, so that a large NAT is served. When
 * there is none, a newcomer gets the place of the address with the most watchers, unless it would then have as many
 * itself.
 */
@Component
class StreamSlots {

    private static final long SEARCH_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final int most;
    private final Map<String, Set<Watcher>> networks = new HashMap<>();
    private int taken;
    private @Nullable Set<Watcher> largest;
    private long searchedAt = System.nanoTime() - SEARCH_AGAIN_NANOS;

    @Autowired
    StreamSlots(OverloadSettings settings) {
        this(settings.maxStreams());
    }

    StreamSlots(int most) {
        this.most = most;
    }

    synchronized int taken() {
        return taken;
    }

    /** Whether the watcher may stay; another may have to leave for it. */
    synchronized boolean take(Watcher watcher) {
        if (taken >= most && !makeRoomFor(watcher.network())) return false;
        networks.computeIfAbsent(watcher.network(), _ -> new LinkedHashSet<>(2)).add(watcher);
        taken++;
        return true;
    }

    synchronized void giveBack(Watcher watcher) {
        var own = networks.get(watcher.network());
        if (own == null || !own.remove(watcher)) return;
        taken--;
        if (own.isEmpty()) networks.remove(watcher.network());
    }

    private boolean makeRoomFor(String network) {
        var own = networks.get(network);
        var mine = own == null ? 0 : own.size();
        var other = largest(mine);
        if (other == null || other.size() <= mine + 1) return false;
        var leaving = other.iterator().next();
        giveBack(leaving);
        leaving.leave();
        return true;
    }

    private @Nullable Set<Watcher> largest(int mine) {
        var known = largest;
        if (known != null && known.size() > mine + 1) return known;
        if (System.nanoTime() - searchedAt < SEARCH_AGAIN_NANOS) return null;
        searchedAt = System.nanoTime();
        largest = networks.values().stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(null);
        return largest;
    }
}
