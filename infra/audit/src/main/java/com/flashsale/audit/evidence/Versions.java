package com.flashsale.audit.evidence;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The versions of the aggregates of a compacted topic, which must grow. A version that comes again with the same event
 * id is a redelivery.
 */
final class Versions implements TopicHistory {

    /** The last few events of an aggregate: a relay that crashed sends at most its last batch again. */
    private static final int REMEMBERED = 1_000;

    private static final class Aggregate {
        private long newest;
        private final Map<UUID, Long> recent = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private final Map<UUID, Aggregate> aggregates = new HashMap<>();
    private final Map<String, String> disorder = new LinkedHashMap<>();
    private long events;

    void take(UUID aggregate, long version, UUID event) {
        events++;
        var known = aggregates.computeIfAbsent(aggregate, _ -> new Aggregate());
        if (known.recent.putIfAbsent(event, version) != null) return;
        if (version <= known.newest && disorder.size() < MOST_LISTED) {
            disorder.putIfAbsent(
                    aggregate.toString(), "version %d came after %d, event %s".formatted(version, known.newest, event));
        }
        known.newest = Math.max(known.newest, version);
    }

    @Override
    public Map<String, String> disorder() {
        return disorder;
    }

    @Override
    public long events() {
        return events;
    }
}
