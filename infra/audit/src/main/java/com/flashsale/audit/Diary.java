package com.flashsale.audit;

import com.flashsale.audit.Findings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The notes of a watch while it runs. Its thread writes them; the thread that stops the watch reads them. */
final class Diary {

    private static final int MOST_SIGHTINGS = 1_000;

    private final Map<String, Sighting> sightings = new LinkedHashMap<>();
    private long samples;
    private long failed;
    private @Nullable String lastFailure;
    private Duration busy = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    synchronized void sampled(Duration took) {
        samples++;
        busy = busy.plus(took);
        longest = took.compareTo(longest) > 0 ? took : longest;
    }

    synchronized void failed(String why) {
        failed++;
        lastFailure = why;
    }

    /** The sighting if it is news. */
    synchronized @Nullable Sighting saw(Invariant invariant, String subject, Standing.Seen seen, Instant now) {
        var key = invariant.id() + " " + subject;
        var before = sightings.get(key);
        if (before == null && sightings.size() == MOST_SIGHTINGS) return null;
        var since = before == null ? seen.since() : before.since();
        var sighting = new Sighting(invariant.id(), invariant.name(), subject, seen.what(), since, now);
        sightings.put(key, sighting);
        return before == null ? sighting : null;
    }

    synchronized Findings findings() {
        return new Findings(samples, failed, lastFailure, busy, longest, List.copyOf(sightings.values()));
    }
}
