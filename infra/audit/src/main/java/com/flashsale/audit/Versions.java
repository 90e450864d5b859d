package com.flashsale.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The versions of the aggregates of a compacted topic, which must grow. A version that comes again with the same event
 * id is a redelivery.
 */
final class Versions {

    /** The last few events of an aggregate: a relay that crashed sends at most its last batch again. */
    private static final int REMEMBERED = 1_000;

    private static final class Line {
        private long newest;
        private final Map<UUID, Long> recent = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private final Map<UUID, Line> lines = new HashMap<>();
    private final Map<String, String> disorder = new LinkedHashMap<>();
    private long events;

    void take(UUID aggregate, long version, UUID event) {
        events++;
        var line = lines.computeIfAbsent(aggregate, _ -> new Line());
        if (line.recent.putIfAbsent(event, version) != null) return;
        if (version <= line.newest && disorder.size() < Look.MOST) {
            disorder.putIfAbsent(
                    aggregate.toString(), "version %d came after %d, event %s".formatted(version, line.newest, event));
        }
        line.newest = Math.max(line.newest, version);
    }

    long newest(UUID aggregate) {
        var line = lines.get(aggregate);
        return line == null ? 0 : line.newest;
    }

    Map<String, String> disorder() {
        return disorder;
    }

    long events() {
        return events;
    }
}
