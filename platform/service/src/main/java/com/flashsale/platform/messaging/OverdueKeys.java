package com.flashsale.platform.messaging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys one of whose events has waited in vain for another that must come first. Their next events are tried without a
 * wait, until one is handled: a sale that is not known here holds up the others once, not at each poll.
 */
final class OverdueKeys {

    /** Keys that are remembered; of more the oldest are forgotten, and may wait once more. */
    private static final int KEYS = 1_000;

    private record Key(String consumer, @Nullable String key) {}

    private final Map<Key, Boolean> keys = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > KEYS;
        }
    };

    synchronized boolean contains(String consumer, Delivery one) {
        return !keys.isEmpty() && keys.containsKey(new Key(consumer, one.event().key()));
    }

    synchronized void add(String consumer, Delivery one) {
        keys.put(new Key(consumer, one.event().key()), true);
    }

    synchronized void remove(String consumer, Delivery one) {
        if (!keys.isEmpty()) keys.remove(new Key(consumer, one.event().key()));
    }
}
