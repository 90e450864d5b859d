package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Entry.Position;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message of a topic that is about the subject.
 *
 * @param sentAt by the producer's clock
 * @param occurredAt the time of the change that it tells
 * @param deadLetterOf the consumer that set it aside; null in an ordinary topic
 */
record FoundEvent(
        UUID id,
        UUID subject,
        String type,
        Position position,
        Instant sentAt,
        Instant occurredAt,
        @Nullable String traceparent,
        @Nullable String deadLetterOf,
        JsonNode data) {

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;

    /** {@code com.flashsale.order.order.placed.v1} is {@code order.placed}. */
    String fact() {
        return factOf(type);
    }

    static String factOf(String type) {
        var parts = type.split("\\.", -1);
        return parts.length > 3 ? parts[parts.length - 3] + "." + parts[parts.length - 2] : type;
    }

    /** {@code 00-TRACE-SPAN-FLAGS}, or null. */
    static @Nullable String traceOf(@Nullable String traceparent) {
        return traceparent == null || traceparent.length() < TRACE_TO
                ? null
                : traceparent.substring(TRACE_FROM, TRACE_TO);
    }

    @Nullable
    String trace() {
        return traceOf(traceparent);
    }

    /** @param again whether the same event stands in the topic at a smaller offset */
    Entry entry(boolean again) {
        var what = "event %s %s of %s".formatted(id, fact(), subject);
        if (deadLetterOf != null) what += ", set aside by " + deadLetterOf;
        else if (again) what += ", sent again: consumers know its id";
        return Entry.of(sentAt, serviceOf(type), Kind.EVENT, what)
                .by(deadLetterOf == null ? "platform.outbox.OutboxRelay" : "platform.messaging.DeadLetters")
                .about(subject, fact())
                .located(position)
                .traced(trace());
    }

    static String serviceOf(String type) {
        if (type.startsWith("com.flashsale.order.")) return Reasons.ORDER;
        return type.startsWith("com.flashsale.inventory.") ? Reasons.INVENTORY : Reasons.WAITLIST;
    }
}
