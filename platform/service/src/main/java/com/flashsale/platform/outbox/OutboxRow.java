package com.flashsale.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.observability.WorkContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** An event that waits, and its shape on the wire: CloudEvents 1.0, Kafka binary mode. */
record OutboxRow(
        long seq,
        UUID id,
        String topic,
        String key,
        String type,
        String subject,
        Instant occurredAt,
        WorkContext origin,
        String data) {

    static OutboxRow of(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getString("subject"),
                row.getTimestamp("occurred_at").toInstant(),
                new WorkContext(row.getString("traceparent"), row.getString("load_test")),
                row.getString("data"));
    }

    ProducerRecord<String, byte[]> toRecord(String source) {
        var message = new ProducerRecord<>(topic, key, data.getBytes(UTF_8));
        var headers = message.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id.toString());
        put(headers, "ce_source", source);
        put(headers, "ce_type", type);
        put(headers, "ce_subject", subject);
        put(headers, "ce_time", occurredAt.toString());
        put(headers, "content-type", "application/json");
        put(headers, TraceContext.HEADER, origin.traceparent());
        put(headers, LoadTest.EVENT_HEADER, origin.loadTest());
        return message;
    }

    private static void put(Headers headers, String name, @Nullable String value) {
        if (value != null) headers.add(name, value.getBytes(UTF_8));
    }
}
