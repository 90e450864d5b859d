package com.flashsale.audit;

import com.flashsale.audit.Findings.Violation;
import com.flashsale.audit.rule.Invariant;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The notes of a watch while it runs. Its thread writes them; the thread that stops the watch reads them. */
final class ViolationLog {

    private static final int MOST = 1_000;

    private final Map<String, Violation> violations = new LinkedHashMap<>();
    private long samples;
    private long failed;
    private @Nullable String lastFailure;
    private @Nullable Instant lookedAt;
    private Duration busy = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    synchronized void sampled(Instant at, Duration took) {
        lookedAt = at;
        samples++;
        busy = busy.plus(took);
        longest = took.compareTo(longest) > 0 ? took : longest;
    }

    synchronized void failed(String why) {
        failed++;
        lastFailure = why;
    }

    /** The violation if it is news. */
    synchronized @Nullable Violation saw(
            Invariant invariant, String subject, PersistentViolations.Seen seen, Instant now) {
        var key = invariant.id() + " " + subject;
        var before = violations.get(key);
        if (before == null && violations.size() == MOST) return null;
        var since = before == null ? seen.since() : before.since();
        var violation = new Violation(invariant.id(), invariant.name(), subject, seen.what(), since, now);
        violations.put(key, violation);
        return before == null ? violation : null;
    }

    synchronized Optional<Instant> lookedAt() {
        return Optional.ofNullable(lookedAt);
    }

    synchronized Findings findings() {
        return new Findings(samples, failed, lastFailure, busy, longest, List.copyOf(violations.values()));
    }
}
