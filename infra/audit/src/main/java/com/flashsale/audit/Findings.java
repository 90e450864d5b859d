package com.flashsale.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The findings of an {@link AuditWatch}.
 *
 * @param failed samples that could not be taken: a database was away
 * @param busy the time that all samples took together
 */
public record Findings(
        long samples,
        long failed,
        @Nullable String lastFailure,
        Duration busy,
        Duration longest,
        List<Violation> violations) {

    /** @param subject names the violated thing by its id */
    public record Violation(String id, String name, String subject, String what, Instant since, Instant lastSeen) {
        public String text() {
            return "%s %s: %s (%s, seen from %s to %s)".formatted(id, subject, what, name, since, lastSeen);
        }
    }

    /** A watch that never looked has seen no violation, which does not mean that there was none. */
    public boolean green() {
        return samples > 0 && violations.isEmpty();
    }

    public String text() {
        var text = new StringJoiner(System.lineSeparator());
        long mean = samples == 0 ? 0 : busy.toMillis() / samples;
        text.add("%s: %d samples (%d failed), %d ms each, the longest %d ms; %d violations"
                .formatted(green() ? "GREEN" : "RED", samples, failed, mean, longest.toMillis(), violations.size()));
        if (lastFailure != null) text.add("  last failure: " + lastFailure);
        violations.forEach(violation -> text.add("  " + violation.text()));
        return text.toString();
    }
}
