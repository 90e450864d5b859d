package com.flashsale.platform.outbox;

import com.flashsale.platform.observability.WorkContext;

/**
 * A fact for the world.
 *
 * @param topic where it is published
 * @param key the id whose order matters: events of one key reach consumers in the order of their commits
 * @param type full CloudEvents type, past tense
 * @param subject the aggregate's id
 * @param data a record that JSON can carry; no personal data
 * @param origin the trace and the load test that it goes back to; of a batch each has its own
 */
public record OutboxEvent(String topic, String key, String type, String subject, Object data, WorkContext origin) {

    /** Goes back to what this thread works for. */
    public OutboxEvent(String topic, String key, String type, String subject, Object data) {
        this(topic, key, type, subject, data, WorkContext.current());
    }

    public OutboxEvent causedBy(WorkContext cause) {
        return new OutboxEvent(topic, key, type, subject, data, cause);
    }
}
