package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * One message in {@code <topic>.dlt}: unchanged, with three headers that say why, for which consumer, and from where.
 * Nothing of it is trusted: a message without any header is a letter, too.
 */
public record Letter(ConsumerRecord<byte[], byte[]> message) {

    static final String SUFFIX = ".dlt";
    static final String ADDED = "dlt_";
    static final String REPLAY = "dlt_replay";
    static final String REPLAYED_ORIGIN = "dlt_replay_of";

    private static final int LONGEST_LISTED = 2_048;
    private static final String ORIGIN = "dlt_origin";
    private static final Pattern PLACE = Pattern.compile("(\\d{1,9})/(\\d{1,18})");

    public LetterId id() {
        return new LetterId(new TopicPartition(message.topic(), message.partition()), message.offset());
    }

    /** The letter with the headers that a list shows, and without its content, which may be a megabyte. */
    Letter withoutValue() {
        return new Letter(new ConsumerRecord<>(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp(),
                message.timestampType(),
                0,
                0,
                null,
                null,
                headersForLists(),
                Optional.empty()));
    }

    private Headers headersForLists() {
        var kept = new RecordHeaders();
        for (var name : List.of("dlt_consumer", ORIGIN, "dlt_reason", "ce_id")) {
            var header = message.headers().lastHeader(name);
            if (header != null && header.value() != null && header.value().length <= LONGEST_LISTED) kept.add(header);
        }
        return kept;
    }

    public String consumer() {
        return header("dlt_consumer").orElse("");
    }

    public String reason() {
        return header("dlt_reason").orElse("");
    }

    public Optional<String> eventId() {
        return header("ce_id");
    }

    public Instant setAsideAt() {
        return Instant.ofEpochMilli(message.timestamp());
    }

    /** When the event happened, or else when the message was set aside. */
    Instant happenedAt() {
        try {
            return header("ce_time").map(Instant::parse).orElseGet(this::setAsideAt);
        } catch (DateTimeParseException unreadable) {
            return setAsideAt();
        }
    }

    public String topic() {
        return message.topic().substring(0, message.topic().length() - SUFFIX.length());
    }

    /** Where the consumer has read it, as {@code topic/partition/offset}. */
    public String origin() {
        return topic() + "/" + header(ORIGIN).orElse("?");
    }

    /** Where the producer had put it at first: a replay that was set aside again remembers that. */
    Optional<Place> firstPlace() {
        return Place.parse(header(REPLAYED_ORIGIN)).or(() -> Place.parse(header(ORIGIN)));
    }

    Optional<String> header(String name) {
        return header(message, name);
    }

    static Optional<String> header(ConsumerRecord<byte[], byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    /** A partition and an offset of the topic that the letter belongs to. */
    record Place(int partition, long offset) {

        static Optional<Place> parse(Optional<String> text) {
            return text.map(PLACE::matcher)
                    .filter(parts -> parts.matches())
                    .map(parts -> new Place(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))));
        }

        @Override
        public String toString() {
            return partition + "/" + offset;
        }
    }
}
