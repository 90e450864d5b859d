package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Letters are sent again, and the consumers that set them aside take them. */
class DeadLettersIT extends DeadLetters {

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
                    .extracting(ReplayRecord::outcome)
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
}
