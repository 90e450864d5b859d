package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Entry.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the entries of one explanation. A decision that row and event both tell counts once, as the event. */
final class Timeline {

    private record Step(@Nullable UUID of, String fact) {}

    private static final Pattern TOLD_BY_EVENTS = Pattern.compile("(?:order|reservation|entry)\\..*");

    private final Instant began;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> undated = new ArrayList<>();
    private final List<String> outcome = new ArrayList<>();
    private final Set<Step> told = new HashSet<>();
    private final List<Entry> fromRows = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Timeline(Instant began) {
        this.began = began;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** An entry whose row has no time of its own: its time says nothing about events and log lines. */
    void addUndated(Entry entry) {
        undated.add(entry);
    }

    void outcome(String sentence) {
        outcome.add(sentence);
    }

    /** A decision that an event tells. */
    void told(UUID of, String fact, Instant at, Details details, @Nullable String trace) {
        told.add(new Step(of, fact));
        Reasons.of(fact, details)
                .map(reason -> decision(of, fact, at, reason, details).traced(trace))
                .ifPresent(entries::add);
    }

    /** A decision that a row proves; it counts where no event tells it. */
    void proved(UUID of, String fact, @Nullable Instant at, Details details) {
        if (at == null) return;
        Reasons.of(fact, details)
                .map(reason -> decision(of, fact, at, reason, details))
                .ifPresent(fromRows::add);
    }

    private static Entry decision(UUID of, String fact, Instant at, Reasons.Reason reason, Details details) {
        return Entry.of(at, reason.service(), Kind.DECISION, reason.what() + details.inBrackets())
                .by(reason.decidedBy())
                .because(reason.why())
                .about(of, fact);
    }

    void unread(String what) {
        unread.add(what);
    }

    void note(String what) {
        notes.add(what);
    }

    /** The instants of all dated entries so far, and of the decisions that rows prove. */
    NavigableSet<Instant> instants() {
        var instants = new TreeSet<Instant>();
        entries.forEach(entry -> instants.add(entry.at()));
        fromRows.forEach(entry -> instants.add(entry.at()));
        return instants;
    }

    Set<String> traces() {
        var traces = new LinkedHashSet<String>();
        entries.stream().map(Entry::trace).filter(Objects::nonNull).forEach(traces::add);
        return traces;
    }

    Explanation finish(Explanation.Subject subject, Clock clock) {
        for (var entry : fromRows) {
            if (told.contains(new Step(entry.of(), String.valueOf(entry.fact())))) continue;
            entries.add(entry);
            if (TOLD_BY_EVENTS.matcher(String.valueOf(entry.fact())).matches()) {
                notes.add("No event tells %s of %s: the topic has deleted it, or it is lost (audit, I7)."
                        .formatted(entry.fact(), entry.of()));
            }
        }
        entries.addAll(undated);
        var sorted = withTraces();
        sorted.sort(Comparator.comparing(Entry::at).thenComparing(Entry::kind));
        var traces = sorted.stream()
                .map(Entry::trace)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var now = clock.instant();
        return new Explanation(
                subject,
                List.copyOf(outcome),
                List.copyOf(sorted),
                traces,
                List.copyOf(unread),
                List.copyOf(notes),
                now,
                now.toEpochMilli() - began.toEpochMilli());
    }

    /** A row has no trace of its own: it has the trace of the event of its step. */
    private List<Entry> withTraces() {
        Map<Step, String> traces = new HashMap<>();
        for (var entry : entries) {
            if (entry.trace() != null && entry.fact() != null) {
                traces.putIfAbsent(new Step(entry.of(), entry.fact()), entry.trace());
            }
        }
        var traced = new ArrayList<Entry>(entries.size());
        for (var entry : entries) {
            traced.add(
                    entry.trace() != null || entry.fact() == null
                            ? entry
                            : entry.traced(traces.get(new Step(entry.of(), entry.fact()))));
        }
        return traced;
    }
}
