package com.flashsale.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.ToolException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Letters are listed and chosen, and some are not sent. */
class DeadLetterSelectionIT extends DeadLetters {

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
}
