package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.ThrowawayEngines;
import com.flashsale.client.ToolException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters in a real Kafka, with readers that set aside as the services do. Each test has topics of its own. */
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static ThrowawayEngines engines;
    private static String kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    private final String topic = "thing-" + UUID.randomUUID();
    private final String box = topic + ".dlt";

    @BeforeAll
    static void start_kafka() {
        engines = new ThrowawayEngines();
        kafka = engines.kafka().url();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop_kafka() {
        producer.close();
        engines.close();
    }

    @BeforeEach
    void make_topics() throws ExecutionException, InterruptedException {
        make(topic, "delete");
    }

    @Test
    void a_letter_that_is_sent_again_keeps_key_headers_and_order_and_is_handled_once() {
        var events = IntStream.range(0, 20).mapToObj(n -> "event " + n).toList();
        try (var reader = new Reader(kafka, "shop-service", topic)) {
            reader.cannotTake = _ -> true;
            for (int n = 0; n < 20; n++) send(topic, "key " + n % 3, events.get(n));
            awaitLetters(20);
            reader.cannotTake = _ -> false;

            var results = replay();

            assertThat(results).hasSize(20).allMatch(result -> result.outcome() == Outcome.HANDLED);
            assertThat(reader.handledValues()).containsExactlyInAnyOrderElementsOf(events);
            for (int key = 0; key < 3; key++) {
                var ofOne = "key " + key;
                int first = key;
                assertThat(reader.handled.stream()
                                .filter(message -> new String(message.key(), UTF_8).equals(ofOne))
                                .map(message -> new String(message.value(), UTF_8)))
                        .containsExactlyElementsOf(IntStream.range(0, 20)
                                .filter(n -> n % 3 == first)
                                .mapToObj(events::get)
                                .toList());
            }
            var copy = reader.handled.getFirst();
            assertThat(Letter.header(copy, "ce_type")).contains("thing.happened");
            assertThat(copy.headers().lastHeader("binary").value()).isEqualTo(new byte[] {0, -1, 7});
            assertThat(copy.headers()).noneMatch(header -> header.key().matches("dlt_(reason|consumer|origin)"));

            assertThat(replay()).isEmpty();
            var named = replay(wish(), Selection.of(null, List.of(box + ":0:3")));
            assertThat(named).singleElement().satisfies(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.SENT_BEFORE);
                assertThat(result.note()).contains("handled");
            });
            replay(new Replay.Wish(SOON, false, true), Selection.of(topic, List.of()));
            assertThat(reader.handled).hasSize(20);
        }
    }

    @Test
    void a_letter_whose_cause_is_not_mended_comes_back_and_stops_nothing_behind_it() {
        try (var reader = new Reader(kafka, "shop-service", topic)) {
            reader.cannotTake = _ -> true;
            send(topic, "one", "{not json");
            send(topic, "two", "good");
            awaitLetters(2);
            reader.cannotTake = message -> new String(message.value(), UTF_8).equals("{not json");

            var results = replay();

            assertThat(results).extracting(Result::outcome).containsExactlyInAnyOrder(Outcome.AGAIN, Outcome.HANDLED);
            assertThat(reader.handledValues()).containsExactly("good");
            var inventory = inventory(false);
            assertThat(inventory.letters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo("IllegalStateException: the table is gone");
                assertThat(letter.consumer()).isEqualTo("shop-service");
                assertThat(letter.id().offset()).isEqualTo(2);
            });
            assertThat(inventory.counts()).containsEntry(box, new Inventory.Count(3, 2));
            assertThat(inventory(true).remembered().values())
                    .extracting(Mark::outcome)
                    .containsExactlyInAnyOrder(Outcome.AGAIN, Outcome.HANDLED);
        }
    }

    @Test
    void a_consumer_that_is_away_leaves_its_letters_waiting_and_takes_them_when_it_is_back() {
        try (var reader = new Reader(kafka, "away-service", topic)) {
            reader.cannotTake = _ -> true;
            send(topic, "one", "first");
            awaitLetters(1);
        }
        var results = replay(new Replay.Wish(Duration.ofMillis(600), false, false), Selection.of(topic, List.of()));

        assertThat(results).extracting(Result::outcome).containsExactly(Outcome.WAITING);
        assertThat(replay()).isEmpty();
        try (var reader = new Reader(kafka, "away-service", topic)) {
            await().atMost(SOON).until(() -> reader.handledValues().equals(List.of("first")));
        }
    }

    @Test
    void an_event_that_two_consumers_set_aside_is_sent_once_and_judged_for_each() {
        try (var one = new Reader(kafka, "one-service", topic);
                var other = new Reader(kafka, "other-service.things", topic)) {
            one.cannotTake = _ -> true;
            other.cannotTake = _ -> true;
            send(topic, "key", "event");
            awaitLetters(2);
            one.cannotTake = _ -> false;

            var results = replay();

            assertThat(results.stream().map(Result::sentTo).distinct()).hasSize(1);
            assertThat(results.stream()
                            .collect(Collectors.toMap(result -> result.letter().consumer(), Result::outcome)))
                    .containsEntry("one-service", Outcome.HANDLED)
                    .containsEntry("other-service.things", Outcome.AGAIN);
        }
    }

    @Test
    void a_letter_never_becomes_the_last_word_of_a_compacted_topic() throws ExecutionException, InterruptedException {
        var facts = "fact-" + UUID.randomUUID();
        make(facts, "compact");
        try (var reader = new Reader(kafka, "shop-service", facts)) {
            reader.cannotTake = message -> !new String(message.value(), UTF_8).equals("sale 1, version 3");
            send(facts, "sale 1", "sale 1, version 1");
            send(facts, "sale 1", "sale 1, version 2");
            send(facts, "sale 1", "sale 1, version 3");
            send(facts, "sale 2", "sale 2, version 1");
            send(facts, "sale 2", "sale 2, version 2");
            awaitLetters(facts, 4);
            reader.cannotTake = _ -> false;

            var results = replay(wish(), Selection.of(facts, List.of()));

            assertThat(results.stream()
                            .collect(Collectors.toMap(
                                    result ->
                                            new String(result.letter().message().value(), UTF_8),
                                    Result::outcome)))
                    .containsOnly(
                            Map.entry("sale 1, version 1", Outcome.SUPERSEDED),
                            Map.entry("sale 1, version 2", Outcome.SUPERSEDED),
                            Map.entry("sale 2, version 1", Outcome.SUPERSEDED),
                            Map.entry("sale 2, version 2", Outcome.HANDLED));
        }
    }

    @Test
    void a_dry_run_sends_nothing_and_remembers_nothing() {
        letter(box, "one", "event", "dlt_consumer", "shop-service", "dlt_origin", "0/0");

        var results = replay(new Replay.Wish(SOON, true, false), Selection.of(topic, List.of()));

        assertThat(results).extracting(Result::outcome).containsExactly(Outcome.WOULD_BE_SENT);
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            assertThat(broker.ends(partitions).values()).containsOnly(0L);
        }
        assertThat(inventory(false).letters()).hasSize(1);
    }

    @Test
    void a_letter_of_any_bytes_is_listed_and_can_command_no_terminal() {
        letter(
                box,
                "k\u001b[2J",
                "\u0000\u001b]0;owned\u0007",
                "dlt_reason",
                "\u001b[31mred\u202e\nnew line",
                "dlt_origin",
                "x/y");
        producer.send(new ProducerRecord<>(box, null, new byte[] {(byte) 0xC3, (byte) 0x28}));
        producer.send(new ProducerRecord<>(box, null, null));
        producer.flush();

        var letters = inventory(false).letters();

        assertThat(letters).hasSize(3);
        var whole = named(box + ":0:0").stream()
                .map(letter -> LetterText.whole(letter, null, Instant.now()))
                .collect(Collectors.joining());
        var rows = letters.stream()
                .map(letter -> LetterText.row(letter, null, Instant.now()))
                .collect(Collectors.joining());
        assertThat(rows + whole)
                .doesNotContain("\u001b", "\u0000", "\u0007", "\u202e")
                .contains("\\u001b[31mred\\u202e");
        assertThat(rows).doesNotContain("\n");
        assertThat(LetterText.whole(named(box + ":0:1").getFirst(), null, Instant.now()))
                .contains("base64:wyg=");
        assertThat(LetterText.whole(named(box + ":0:2").getFirst(), null, Instant.now()))
                .contains("(none)");
    }

    @Test
    void a_letter_of_a_topic_that_is_gone_is_refused_at_once_and_the_others_are_told_as_they_are()
            throws ExecutionException, InterruptedException {
        var orphan = "gone-" + UUID.randomUUID() + ".dlt";
        make(orphan);
        letter(orphan, "one", "event", "dlt_origin", "0/0");

        var results = replay(wish(), Selection.of(orphan, List.of()));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.note()).contains("there is no topic");
        });
        assertThat(replay(wish(), Selection.of(orphan, List.of())))
                .as("it is not forgotten")
                .hasSize(1);
    }

    @Test
    void a_letter_that_inboxes_may_have_forgotten_is_sent_only_when_that_is_wished() {
        letter(box, "one", "event", "dlt_origin", "0/0", "ce_time", "2020-01-01T00:00:00Z");

        assertThat(replay()).extracting(Result::outcome).containsExactly(Outcome.TOO_OLD);
        assertThat(replay(new Replay.Wish(Duration.ZERO, false, true), Selection.of(topic, List.of())))
                .extracting(Result::outcome)
                .containsExactly(Outcome.WAITING);
    }

    @Test
    void one_letter_is_named_by_its_place_or_by_its_event() {
        var event = UUID.randomUUID().toString();
        letter(box, "one", "event", "ce_id", event);
        letter(box, "two", "other", "ce_id", UUID.randomUUID().toString());

        assertThat(named(event)).extracting(letter -> letter.id().toString()).containsExactly(box + ":0:0");
        assertThat(named(box + ":0:1")).hasSize(1);
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> replay(wish(), Selection.of(null, List.of(box + ":0:77"))))
                .withMessageContaining(box + ":0:77");
    }

    @Test
    void more_letters_than_one_portion_holds_are_sent_portion_by_portion_until_nothing_of_one_is_handled() {
        try (var reader = new Reader(kafka, "shop-service", topic)) {
            reader.cannotTake = _ -> true;
            for (int n = 0; n < 450; n++) send(topic, "key " + n % 7, "event " + n);
            awaitLetters(450);

            var results = replay();
            assertThat(results).as("of the first portion").hasSize(200).allMatch(it -> it.outcome() == Outcome.AGAIN);

            reader.cannotTake = _ -> false;
            assertThat(replay()).hasSize(450).allMatch(it -> it.outcome() == Outcome.HANDLED);
            assertThat(reader.handled).hasSize(450);
        }
    }

    private static Replay.Wish wish() {
        return new Replay.Wish(SOON, false, false);
    }

    private List<Result> replay() {
        return replay(wish(), Selection.of(topic, List.of()));
    }

    private static List<Result> replay(Replay.Wish wish, Selection selection) {
        var results = new ArrayList<Result>();
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = broker.deadLetters(selection.topic());
            new Replay(broker, marks(broker, partitions), wish, Clock.systemUTC(), results::add)
                    .run(selection, partitions);
        }
        return results;
    }

    private Inventory inventory(boolean withReplayed) {
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = broker.deadLetters(topic);
            return Inventory.of(broker, marks(broker, partitions), partitions, withReplayed, 1_000);
        }
    }

    private static List<Letter> named(String id) {
        try (var broker = new Broker(kafka, new Properties())) {
            return Inventory.named(broker, broker.deadLetters(null), Selection.of(null, List.of(id)), 10);
        }
    }

    private static Marks marks(Broker broker, List<TopicPartition> partitions) {
        return new Marks(broker, partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    }

    private void awaitLetters(int count) {
        awaitLetters(topic, count);
    }

    private static void awaitLetters(String topic, int count) {
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = List.of(new TopicPartition(topic + ".dlt", 0));
            await().atMost(SOON).until(() -> broker.ends(partitions).values().contains((long) count));
        }
    }

    private static void send(String topic, String key, String value) {
        var message = new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
        message.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
        message.headers().add("ce_type", "thing.happened".getBytes(UTF_8));
        message.headers().add("ce_time", Instant.now().toString().getBytes(UTF_8));
        message.headers().add("binary", new byte[] {0, -1, 7});
        producer.send(message);
        producer.flush();
    }

    /** Sends a letter of no particular consumer; names and values of its headers take turns. */
    private static void letter(String box, String key, String value, String... headers) {
        var message = new ProducerRecord<>(box, key.getBytes(UTF_8), value.getBytes(UTF_8));
        for (int i = 0; i < headers.length; i += 2) message.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        producer.send(message);
        producer.flush();
    }

    private static void make(String topic, String policy) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(
                            new NewTopic(topic, Optional.of(2), Optional.empty())
                                    .configs(Map.of("cleanup.policy", policy)),
                            new NewTopic(topic + ".dlt", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void make(String topic) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }
}
