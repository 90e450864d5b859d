package com.flashsale.gateway.load;

import java.util.concurrent.ConcurrentHashMap;

/** How many of something each client has under way. A client with none has no entry. */
final class ClientCounts {

    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more, unless the client has its most. */
    boolean add(String client, int most) {
        if (counts.merge(client, 1, Integer::sum) <= most) return true;
        remove(client);
        return false;
    }

    void remove(String client) {
        counts.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
    }
}
