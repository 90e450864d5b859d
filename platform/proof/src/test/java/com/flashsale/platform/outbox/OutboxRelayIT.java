package com.flashsale.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.mechanism.MechanismApplication;
import com.flashsale.platform.test.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay against a real broker: stopped, doubled, and killed between sending and deleting. */
@ServiceTest(classes = {MechanismApplication.class, Effects.class})
class OutboxRelayIT {

    static final OutboxSettings SETTINGS =
            new OutboxSettings(true, 50, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofSeconds(5));

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRelay ownRelay;

    @Autowired
    DataSource dataSource;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Effects effects;

    @BeforeEach
    void only_the_relays_of_the_test_run() {
        ownRelay.stop();
        effects.clear();
    }

    @AfterEach
    void restart() {
        ownRelay.start();
    }

    @Test
    void an_event_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.append(counted("k", 1))).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void a_change_that_is_rolled_back_tells_nobody() {
        transaction.executeWithoutResult(status -> {
            outbox.append(counted("k", 1));
            status.setRollbackOnly();
        });
        assertThat(pending()).isZero();
    }

    @Test
    void killed_between_send_and_delete_it_sends_again_and_the_effect_is_there_once_and_in_order() {
        append(List.of(counted("a", 1), counted("b", 1), counted("a", 2), counted("b", 2), counted("a", 3)));
        var crashing = relay(new CrashingBeforeDelete(dataSource));
        crashing.start();
        await().untilAsserted(() -> assertThat(effects.deliveries()).isGreaterThanOrEqualTo(5));
        crashing.stop();
        assertThat(pending()).as("sent, and not deleted").isEqualTo(5);

        var restarted = relay(dataSource);
        restarted.start();
        await().untilAsserted(() -> assertThat(pending()).isZero());
        await().untilAsserted(() -> assertThat(effects.deliveries()).isGreaterThanOrEqualTo(10));
        restarted.stop();
        assertThat(effects.numbersOf("a")).containsExactly(1, 2, 3);
        assertThat(effects.numbersOf("b")).containsExactly(1, 2);
    }

    @Test
    void two_relays_share_the_work_without_doubling_or_reordering_a_key() {
        var first = relay(dataSource);
        var second = relay(dataSource);
        first.start();
        second.start();
        for (int number = 1; number <= 60; number++) {
            int current = number;
            append(IntStream.range(0, 10)
                    .mapToObj(key -> counted("key-" + key, current))
                    .toList());
        }
        await().untilAsserted(() -> assertThat(effects.count()).isEqualTo(600));
        first.stop();
        second.stop();
        assertThat(pending()).isZero();
        assertThat(effects.deliveries()).isEqualTo(600);
        var inOrder = IntStream.rangeClosed(1, 60).boxed().toList();
        for (int key = 0; key < 10; key++)
            assertThat(effects.numbersOf("key-" + key)).isEqualTo(inOrder);
    }

    @Test
    void when_a_relay_goes_the_other_one_takes_its_shards() {
        var first = relay(dataSource);
        var second = relay(dataSource);
        first.start();
        append(List.of(counted("a", 1)));
        await().untilAsserted(() -> assertThat(effects.count()).isEqualTo(1));
        second.start();
        first.stop();
        append(List.of(counted("a", 2)));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(effects.numbersOf("a")).containsExactly(1, 2));
        second.stop();
    }

    private OutboxRelay relay(DataSource source) {
        return new OutboxRelay(source, kafka, SETTINGS, "/mechanism");
    }

    private void append(List<OutboxEvent> events) {
        transaction.executeWithoutResult(_ -> outbox.append(events));
    }

    private static OutboxEvent counted(String key, int number) {
        return new OutboxEvent(
                "thing", key, "com.flashsale.mechanism.thing.counted.v1", key, Map.of("key", key, "number", number));
    }

    private long pending() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single();
    }
}
