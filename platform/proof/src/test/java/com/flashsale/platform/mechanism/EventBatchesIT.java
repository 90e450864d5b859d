package com.flashsale.platform.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.mechanism.ThingListener.Counted;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import com.flashsale.platform.test.Race;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.time.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.transaction.support.TransactionTemplate;

/** Doubled, early, unreadable and failing messages. */
@ServiceTest
class EventBatchesIT {

    static final Duration WITHIN = Duration.ofSeconds(30);

    /** As the settings of this module have it. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MeterRegistry meters;

    @Autowired
    KafkaListenerEndpointRegistry consumers;

    @Autowired
    ThingListener listener;

    @Autowired
    Inbox inbox;

    @BeforeEach
    @AfterEach
    void clean() {
        listener.gateOpen.set(false);
        listener.readOnly.set(false);
        listener.failing.set(false);
        listener.dying.set(false);
    }

    @Test
    void a_message_delivered_five_times_takes_effect_once() {
        var key = UUID.randomUUID().toString();
        var id = Ids.next();
        for (int i = 0; i < 5; i++)
            TestKafka.produce("thing.command", key, ThingListener.TYPE, id, new Counted(key, 1));
        TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, 2));
        await().untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(1, 2));
    }

    @Test
    void an_unreadable_message_is_set_aside_with_its_reason_and_the_partition_goes_on() {
        var key = UUID.randomUUID().toString();
        TestKafka.produce(new ProducerRecord<>("thing.command", key, "no event at all".getBytes(UTF_8)));
        TestKafka.produce("thing.command", key, ThingListener.TYPE, List.of("not", "an", "object"));
        TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, 7));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(7));
        await().untilAsserted(() -> assertThat(deadLettersOf(key)).isEqualTo(2));
    }

    @Test
    void a_message_whose_handler_fails_is_set_aside_alone() {
        var key = UUID.randomUUID().toString();
        for (var number : List.of(11, 12, ThingListener.BAD_LUCK, 14)) {
            TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, number));
        }
        await().untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(11, 12, 14));
        await().untilAsserted(() -> assertThat(deadLettersOf(key)).isEqualTo(1));
    }

    @Test
    void an_event_that_came_too_early_waits_for_the_one_before_it() {
        var key = UUID.randomUUID().toString();
        TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, 404));
        TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, 405));
        await().during(Duration.ofMillis(300)).until(() -> numbersOf(key).isEmpty());
        listener.gateOpen.set(true);
        await().untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(404, 405));
        assertThat(deadLettersOf(key)).isZero();
    }

    @Test
    void an_early_event_holds_up_the_events_of_its_key_only() {
        var early = UUID.randomUUID().toString();
        var other = UUID.randomUUID().toString();
        transaction.executeWithoutResult(
                _ -> outbox.append(List.of(told(early, 404), told(early, 405), told(other, 1), told(other, 2))));
        await().untilAsserted(() -> assertThat(numbersOf(other)).containsExactly(1, 2));
        assertThat(numbersOf(early)).isEmpty();
        listener.gateOpen.set(true);
        await().untilAsserted(() -> assertThat(numbersOf(early)).containsExactly(404, 405));
    }

    @Test
    void a_key_that_has_waited_in_vain_holds_up_no_later_poll_until_one_of_its_events_is_handled() {
        var early = UUID.randomUUID().toString();
        var other = UUID.randomUUID().toString();
        TestKafka.produce("thing.command", early, ThingListener.TYPE, new Counted(early, 404));
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(deadLettersOf(early)).isEqualTo(1));
        for (int i = 0; i < 3; i++) {
            var number = i;
            var sent = System.nanoTime();
            TestKafka.produce("thing.command", early, ThingListener.TYPE, new Counted(early, 404));
            await().atMost(WITHIN)
                    .untilAsserted(() -> assertThat(deadLettersOf(early)).isEqualTo(number + 2));
            TestKafka.produce("thing.command", other, ThingListener.TYPE, new Counted(other, number));
            await().atMost(WITHIN)
                    .untilAsserted(() -> assertThat(numbersOf(other)).hasSize(number + 1));
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(PATIENCE);
        }
        TestKafka.produce("thing.command", early, ThingListener.TYPE, new Counted(early, 1));
        await().atMost(WITHIN).untilAsserted(() -> assertThat(numbersOf(early)).containsExactly(1));
        TestKafka.produce("thing.command", early, ThingListener.TYPE, new Counted(early, 404));
        await().during(Duration.ofSeconds(1)).until(() -> numbersOf(early).size() == 1 && deadLettersOf(early) == 4);
        listener.gateOpen.set(true);
        await().atMost(WITHIN).untilAsserted(() -> assertThat(numbersOf(early)).containsExactly(1, 404));
    }

    @Test
    void while_the_database_is_read_only_no_message_is_set_aside_and_poison_only_once() {
        var key = UUID.randomUUID().toString();
        listener.readOnly.set(true);
        transaction.executeWithoutResult(_ -> outbox.append(List.of(
                new OutboxEvent("thing.command", key, ThingListener.TYPE, key, List.of("no", "object")),
                told(key, 1),
                told(key, 2))));
        await().untilAsserted(() -> assertThat(deadLettersOf(key)).isEqualTo(1));
        await().during(Duration.ofSeconds(1)).until(() -> numbersOf(key).isEmpty());
        listener.readOnly.set(false);
        await().untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(1, 2));
        assertThat(deadLettersOf(key)).isEqualTo(1);
    }

    @Test
    void when_message_after_message_fails_the_consumer_waits_instead_of_setting_all_aside() {
        var key = UUID.randomUUID().toString();
        listener.failing.set(true);
        transaction.executeWithoutResult(_ -> outbox.append(
                IntStream.range(0, 150).mapToObj(number -> told(key, number)).toList()));
        await().untilAsserted(() -> assertThat(deadLettersOf(key)).isEqualTo(100));
        await().during(Duration.ofSeconds(1)).until(() -> deadLettersOf(key) == 100);
        listener.failing.set(false);
        await().untilAsserted(() -> assertThat(numbersOf(key)).hasSize(50));
        assertThat(deadLettersOf(key)).isEqualTo(100);
    }

    @Test
    void a_consumer_that_has_ended_by_itself_is_started_again() {
        var key = UUID.randomUUID().toString();
        listener.dying.set(true);
        TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, 1));
        await().atMost(WITHIN).untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(1));
        assertThat(meters.counter("messages.listeners.restarts").count()).isPositive();
        assertThat(meters.find("messages.listeners.stopped").gauge()).isNotNull();
    }

    @Test
    void a_refused_consumer_asks_again_and_counters_exist_before_they_count() {
        assertThat(consumers.getListenerContainers())
                .isNotEmpty()
                .allSatisfy(
                        consumer -> assertThat(consumer.getContainerProperties().getAuthExceptionRetryInterval())
                                .isEqualTo(Duration.ofSeconds(5)));
        for (var topic : List.of("thing", "thing.command")) {
            assertThat(meters.find("messages.dead").tag("topic", topic).counter())
                    .isNotNull();
        }
        assertThat(meters.get("messaging.topics.missing").gauge().value()).isZero();
    }

    @Test
    void undeclared_types_are_skipped() {
        var key = UUID.randomUUID().toString();
        TestKafka.produce("thing.command", key, "com.flashsale.mechanism.thing.renamed.v2", new Counted(key, 1));
        TestKafka.produce("thing.command", key, ThingListener.TYPE, new Counted(key, 2));
        await().untilAsserted(() -> assertThat(numbersOf(key)).containsExactly(2));
        assertThat(deadLettersOf(key)).isZero();
    }

    @Test
    void of_many_at_once_one_handles_a_message_and_a_failed_handler_leaves_it_new() {
        var id = Ids.next();
        var handled = new AtomicInteger();
        try {
            inbox.once("race", id, () -> {
                throw new IllegalStateException("fails first");
            });
        } catch (IllegalStateException expected) {
            assertThat(handled).hasValue(0);
        }
        Race.allAtOnce(6, () -> {
            inbox.once("race", id, handled::incrementAndGet);
            return true;
        });
        assertThat(handled).hasValue(1);
    }

    private static OutboxEvent told(String key, int number) {
        return new OutboxEvent("thing.command", key, ThingListener.TYPE, key, new Counted(key, number));
    }

    private List<Integer> numbersOf(String key) {
        return jdbc.sql("select number from effect where key = :key order by position")
                .param("key", key)
                .query(Integer.class)
                .list();
    }

    private static int deadLettersOf(String key) {
        return TestKafka.events("thing.command.dlt", key).size();
    }
}
