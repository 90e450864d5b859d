package com.flashsale.platform.test.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Events as they come from Kafka, without a Kafka. */
public final class Messages {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Messages() {}

    /** The same id twice is the same message twice. */
    public static ConsumerRecord<String, byte[]> message(String topic, String key, String type, UUID id, Object data) {
        var message = new ConsumerRecord<>(topic, 0, 0, key, JSON.writeValueAsBytes(data));
        put(message, "ce_specversion", "1.0");
        put(message, "ce_id", id.toString());
        put(message, "ce_source", "/simulation");
        put(message, "ce_type", type);
        put(message, "ce_subject", key);
        put(message, "ce_time", SimulatedTime.BEGIN.toString());
        return message;
    }

    private static void put(ConsumerRecord<String, byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(UTF_8));
    }
}
