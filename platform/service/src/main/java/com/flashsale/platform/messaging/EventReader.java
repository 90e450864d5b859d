package com.flashsale.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads CloudEvents in Kafka's binary mode. Tolerant of what it does not know: unknown types are skipped, unknown
 * fields ignored.
 */
final class EventReader {

    private final JsonMapper json;
    private final Predicate<String> purged;

    /** @param purged runs of load tests of which nothing may come back */
    EventReader(JsonMapper json, Predicate<String> purged) {
        this.purged = purged;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** The event, or nothing if its type is not among those that the consumer declared, or its load test was purged. */
    Optional<Event> read(ConsumerRecord<String, byte[]> message, Map<String, Class<?>> types) {
        try {
            var type = required(message, "ce_type");
            var dataType = types.get(type);
            if (dataType == null) return Optional.empty();
            var loadTest =
                    LoadTest.valid(header(message, LoadTest.EVENT_HEADER)).orElse(null);
            if (loadTest != null && purged.test(loadTest)) return Optional.empty();
            return Optional.of(new Event(
                    UUID.fromString(required(message, "ce_id")),
                    type,
                    message.key(),
                    required(message, "ce_subject"),
                    Instant.parse(required(message, "ce_time")),
                    json.readValue(message.value(), dataType),
                    header(message, TraceContext.HEADER),
                    loadTest));
        } catch (JacksonException
                | IllegalArgumentException
                | DateTimeParseException
                | NullPointerException malformed) {
            throw new UnreadableEventException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static String required(ConsumerRecord<String, byte[]> message, String name) {
        var value = header(message, name);
        if (value == null) throw new IllegalArgumentException("header " + name + " is missing");
        return value;
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
