package com.flashsale.client.deadletters;

import com.flashsale.client.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The record of a letter that was sent again.
 *
 * @param topicId the dead-letter topic's own id: one that was deleted and made again counts its offsets from 0 anew
 * @param sentTo {@code topic/partition/offset}; null where nothing had to be sent
 */
public record ReplayRecord(String topicId, @Nullable String sentTo, Instant at, Outcome outcome) {

    byte[] bytes() {
        return Json.line(this).getBytes(StandardCharsets.UTF_8);
    }

    static Optional<ReplayRecord> read(byte @Nullable [] value) {
        if (value == null) return Optional.empty();
        try {
            return Optional.of(Json.MAPPER.readValue(value, ReplayRecord.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
