package com.flashsale.audit;

import com.flashsale.audit.rule.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The violations that one rule has seen at every look so far, and since when. */
final class PersistentViolations {

    private record Since(Instant at, long nanos) {}

    /** @param untilNow false as long as the cause may be a message on its way */
    record Seen(Instant since, String what, boolean untilNow) {}

    private final Map<String, Since> known = new HashMap<>();

    /**
     * Forgets the subjects that are right again. Reports each of the others, and whether its violation has lasted
     * longer than it may.
     */
    void take(CheckResult result, Duration patience, Instant now, BiConsumer<String, Seen> told) {
        known.keySet().retainAll(result.violations().keySet());
        long nanos = System.nanoTime();
        result.violations().forEach((subject, wrong) -> {
            var since = known.computeIfAbsent(subject, _ -> new Since(now, nanos));
            var allowed = patience.plus(wrong.extraPatience());
            boolean overdue = nanos - since.nanos() >= allowed.toNanos();
            told.accept(subject, new Seen(since.at(), wrong.what(), overdue));
        });
    }

    /** Called after a pause between looks: a subject that was wrong before may have been right meanwhile. */
    void forget() {
        known.clear();
    }
}
