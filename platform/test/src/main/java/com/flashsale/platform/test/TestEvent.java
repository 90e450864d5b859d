package com.flashsale.platform.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as it stands in a topic, with everything that the wire says about it. */
public record TestEvent(
        String topic, int partition, long offset, String key, Map<String, String> headers, String json) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static TestEvent of(ConsumerRecord<String, byte[]> message) {
        var headers = StreamSupport.stream(message.headers().spliterator(), false)
                .collect(Collectors.toMap(Header::key, header -> new String(header.value(), UTF_8), (_, last) -> last));
        var value = message.value() == null ? "null" : new String(message.value(), UTF_8);
        return new TestEvent(message.topic(), message.partition(), message.offset(), message.key(), headers, value);
    }

    public UUID id() {
        return UUID.fromString(header("ce_id"));
    }

    public String type() {
        return header("ce_type");
    }

    public String subject() {
        return header("ce_subject");
    }

    public Instant time() {
        return Instant.parse(header("ce_time"));
    }

    public @Nullable String traceparent() {
        return headers.get("traceparent");
    }

    public <T> T data(Class<T> type) {
        return JSON.readValue(json, type);
    }

    public JsonNode data() {
        return JSON.readTree(json);
    }

    private String header(String name) {
        var value = headers.get(name);
        if (value == null) throw new AssertionError("The event has no header " + name + ": " + this);
        return value;
    }
}
