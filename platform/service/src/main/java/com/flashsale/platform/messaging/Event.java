package com.flashsale.platform.messaging;

import com.flashsale.platform.observability.WorkContext;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a consumer sees it.
 *
 * @param id the CloudEvents id, the same on every delivery
 * @param data the record that the consumer declared for this type, with only the fields that it reads
 * @param traceparent of its handling; all work that the event causes continues from here
 * @param loadTest the run of a load test that it belongs to
 */
public record Event(
        UUID id,
        String type,
        String key,
        String subject,
        Instant time,
        Object data,
        @Nullable String traceparent,
        @Nullable String loadTest) {

    public Event(
            UUID id, String type, String key, String subject, Instant time, Object data, @Nullable String traceparent) {
        this(id, type, key, subject, time, data, traceparent, null);
    }

    /** The origin for events that are appended because of this one. */
    public WorkContext origin() {
        return new WorkContext(traceparent, loadTest);
    }

    Event handledIn(String trace) {
        return new Event(id, type, key, subject, time, data, trace, loadTest);
    }
}
