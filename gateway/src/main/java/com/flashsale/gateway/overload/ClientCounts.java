package com.flashsale.gateway.overload;

import java.util.concurrent.ConcurrentHashMap;

/** Count of requests or streams that each client has under way. A client with none has no entry. */
final class ClientCounts {

    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

    /** Adds one, unless the client has reached its limit. */
    boolean add(String client, int most) {
        if (counts.merge(client, 1, Integer::sum) <= most) return true;
        remove(client);
        return false;
    }

    void remove(String client) {
        counts.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
    }
}
