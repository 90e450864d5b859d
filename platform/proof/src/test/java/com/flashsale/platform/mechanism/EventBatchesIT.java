package com.flashsale.platform.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.mechanism.ThingListener.Counted;
import com.flashsale.platform.test.Race;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.time.Ids;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Doubled, early, unreadable and failing messages. */
@ServiceTest
class EventBatchesIT {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ThingListener listener;

    @Autowired
    Inbox inbox;

    @BeforeEach
    void clean() {
        listener.gateOpen.set(false);
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
        await().atMost(Duration.ofSeconds(5))
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
    void types_that_nobody_declared_are_skipped() {
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
