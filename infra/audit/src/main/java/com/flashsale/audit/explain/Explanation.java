package com.flashsale.audit.explain;

import java.time.Instant;
import java.util.List;

/**
 * The answer to "what happened to this order, ticket or customer, and why?". A pure value: {@code explain --json}
 * prints it, and {@link TextPage} and {@link HtmlPage} draw it.
 *
 * @param subject the order, ticket or customer in question
 * @param outcome one sentence for each order, admission and waitlist entry: its present state
 * @param entries the time line, oldest first
 * @param traces all trace ids of the entries, in the order of their first entries
 * @param unread parts of the platform that could not be read, or not to their ends: an entry may be missing
 * @param notes what a reader should know about the sources
 * @param tookMillis the time from the question to this answer
 */
public record Explanation(
        Subject subject,
        List<String> outcome,
        List<Entry> entries,
        List<String> traces,
        List<String> unread,
        List<String> notes,
        Instant at,
        long tookMillis) {

    public enum SubjectKind {
        ORDER,
        TICKET,
        CUSTOMER
    }

    /** @param id the id of the order, admission, entry or customer; of a numbered ticket {@code SALE/NUMBER} */
    public record Subject(SubjectKind kind, String id) {}

    /** True if every source was read to its end. */
    public boolean complete() {
        return unread.isEmpty();
    }
}
