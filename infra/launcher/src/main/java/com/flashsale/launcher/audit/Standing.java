package com.flashsale.launcher.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What one rule has seen wrong at every look so far, and since when. */
final class Standing {

    private record Since(Instant at, long nanos) {}

    /** @param untilNow false as long as it may still be on its way */
    record Seen(Instant since, String what, boolean untilNow) {}

    private final Map<String, Since> known = new HashMap<>();

    /** Forgets what is right again; tells of the rest whether it has been wrong for longer than it may. */
    void take(Look look, Duration patience, Instant now, BiConsumer<String, Seen> told) {
        known.keySet().retainAll(look.violations().keySet());
        long nanos = System.nanoTime();
        look.violations().forEach((subject, wrong) -> {
            var since = known.computeIfAbsent(subject, _ -> new Since(now, nanos));
            var allowed = patience.plus(wrong.extraPatience());
            boolean overdue = nanos - since.nanos() >= allowed.toNanos();
            told.accept(subject, new Seen(since.at(), wrong.what(), overdue));
        });
    }

    /** Nobody looked for a while: what was wrong before may have been right in between. */
    void forget() {
        known.clear();
    }
}
