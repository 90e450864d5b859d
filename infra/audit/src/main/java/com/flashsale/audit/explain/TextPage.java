package com.flashsale.audit.explain;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** An explanation for a terminal: one line for each entry, with the reason and the trace below it. */
public final class TextPage {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String PREFIX = "com.flashsale.";
    private static final String INDENT = " ".repeat(43);

    private TextPage() {}

    public static String of(Explanation explanation) {
        var text = new StringJoiner(System.lineSeparator());
        text.add(title(explanation));
        explanation.outcome().forEach(text::add);
        text.add(summary(explanation));
        text.add("");
        @Nullable String trace = null;
        for (var entry : explanation.entries()) {
            add(text, entry, !Objects.equals(entry.trace(), trace));
            if (entry.trace() != null) trace = entry.trace();
        }
        text.add("");
        explanation.unread().forEach(part -> text.add("NOT READ  " + part));
        explanation.notes().forEach(note -> text.add("note      " + note));
        return text.toString().stripTrailing();
    }

    static String title(Explanation explanation) {
        var subject = explanation.subject();
        return subject.kind().name().toLowerCase(Locale.ROOT) + " " + subject.id();
    }

    static String summary(Explanation explanation) {
        var entries = explanation.entries();
        if (entries.isEmpty()) return "0 entries in %d ms".formatted(explanation.tookMillis());
        return "%d entries from %s to %s (UTC), %d traces, read in %d ms"
                .formatted(
                        entries.size(),
                        entries.getFirst().at(),
                        entries.getLast().at(),
                        explanation.traces().size(),
                        explanation.tookMillis());
    }

    private static void add(StringJoiner text, Entry entry, boolean newTrace) {
        var position = entry.position() == null ? "" : entry.position() + " ";
        text.add("%s  %-18s %-9s %s%s"
                .formatted(
                        TIME.format(entry.at()),
                        entry.service(),
                        entry.kind().name().toLowerCase(Locale.ROOT),
                        position,
                        entry.what()));
        if (entry.why() != null) text.add(INDENT + "why    " + entry.why());
        var by = shortName(entry.decidedBy());
        if (by != null) text.add(INDENT + "by     " + by);
        if (newTrace && entry.trace() != null) text.add(INDENT + "trace  " + entry.trace());
    }

    static @Nullable String shortName(@Nullable String type) {
        return type == null || !type.startsWith(PREFIX) ? type : type.substring(PREFIX.length());
    }
}
