package com.flashsale.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.mechanism.MechanismApplication;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TcpProxy;
import com.flashsale.platform.test.TestKafka;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay against a real broker: stopped, doubled, and killed between sending and deleting. */
@ServiceTest(classes = {MechanismApplication.class, Effects.class})
class OutboxRelayIT {

    static final OutboxSettings SETTINGS = new OutboxSettings(
            true, 50, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofSeconds(5), Duration.ofSeconds(8));

    /** The platform promises recovery from a fault of the infrastructure within this time. */
    static final Duration WITHIN = Duration.ofSeconds(30);

    @Value("${spring.datasource.url}")
    String url;

    @Value("${spring.datasource.username}")
    String user;

    @Value("${spring.datasource.password}")
    String password;

    @Autowired
    MeterRegistry meters;

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
        jdbc.sql("truncate outbox").update();
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
    void a_change_that_is_rolled_back_publishes_no_event() {
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
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(effects.numbersOf("a")).containsExactly(1, 2));
        second.stop();
    }

    @Test
    void a_topic_that_is_missing_holds_up_its_own_events_only() {
        var missing = "made-later-" + UUID.randomUUID();
        append(List.of(counted("a", 1), counted(missing, "a", 2, ""), counted("a", 3), counted("b", 1)));
        var relay = relay(dataSource);
        relay.start();
        await().untilAsserted(() -> assertThat(effects.count()).isEqualTo(3));
        append(List.of(counted("c", 1)));
        await().untilAsserted(() -> assertThat(effects.numbersOf("c")).containsExactly(1));
        await().untilAsserted(() -> assertThat(pending()).isEqualTo(1));
        assertThat(meters.counter("outbox.refused", "topic", missing).count()).isPositive();
        assertThat(meters.find("outbox.refused").tag("topic", "thing").counter())
                .isNotNull();

        TestKafka.create(missing);
        await().atMost(WITHIN).untilAsserted(() -> assertThat(pending()).isZero());
        relay.stop();
        assertThat(TestKafka.events(missing)).hasSize(1);
        assertThat(effects.deliveries()).as("none was sent twice").isEqualTo(4);
    }

    @Test
    void an_event_that_is_too_large_holds_up_its_key_only() {
        append(List.of(
                counted("a", 1), counted("thing", "a", 2, "x".repeat(2_000_000)), counted("a", 3), counted("b", 1)));
        var relay = relay(dataSource);
        relay.start();
        await().untilAsserted(() -> assertThat(effects.count()).isEqualTo(2));
        append(List.of(counted("b", 2)));
        await().untilAsserted(() -> assertThat(effects.numbersOf("b")).containsExactly(1, 2));
        await().untilAsserted(() -> assertThat(pending()).isEqualTo(2));
        relay.stop();
        jdbc.sql("delete from outbox where length(data) > 1000000").update();

        var next = relay(dataSource);
        next.start();
        await().untilAsserted(() -> assertThat(effects.numbersOf("a")).containsExactly(1, 3));
        next.stop();
    }

    @Test
    void a_relay_that_is_told_to_end_publishes_what_was_committed_last() {
        var seldom = new OutboxSettings(
                true, 50, Duration.ofMinutes(10), Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(20));
        var relay = relay(dataSource, seldom);
        append(List.of(counted("a", 1)));
        relay.start();
        await().untilAsserted(() -> assertThat(effects.count()).isEqualTo(1));
        append(IntStream.range(0, 120).mapToObj(number -> counted("b", number)).toList());
        relay.stop();
        assertThat(pending()).isZero();
        await().untilAsserted(() -> assertThat(effects.count()).isEqualTo(121));
    }

    @Test
    void the_leases_of_a_node_that_has_vanished_pass_to_another() throws SQLException {
        try (var network = TcpProxy.toServerOf(url)) {
            var vanishing = relay(through(network));
            vanishing.start();
            await().untilAsserted(() -> assertThat(leases()).isEqualTo(OutboxSettings.SHARDS));
            network.blackHole();
            network.abandonServer();
            assertThat(leases()).as("the server does not know yet").isEqualTo(OutboxSettings.SHARDS);

            var other = relay(dataSource);
            other.start();
            append(List.of(counted("a", 1)));
            await().atMost(WITHIN)
                    .untilAsserted(() -> assertThat(effects.count()).isEqualTo(1));
            other.stop();
            vanishing.stop();
        }
    }

    @Test
    void rows_committed_long_after_their_number_was_given_are_found_once_a_minute() {
        var floor = new OutboxFloor();
        floor.published(1_000);
        assertThat(floor.now()).isZero();
        assertThat(floor.isLookDue()).isFalse();
        floor.reset();
        assertThat(floor.now()).isZero();
    }

    private DataSource through(TcpProxy network) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(network.url(url));
        source.setUser(user);
        source.setPassword(password);
        source.setSocketTimeout(2);
        source.setLoginTimeout(2);
        return source;
    }

    private long leases() {
        return jdbc.sql("select count(*) from pg_locks where locktype = 'advisory' and classid = 61861 and granted")
                .query(Long.class)
                .single();
    }

    private OutboxRelay relay(DataSource source) {
        return relay(source, SETTINGS);
    }

    private OutboxRelay relay(DataSource source, OutboxSettings settings) {
        return new OutboxRelay(
                source,
                kafka,
                settings,
                new RelaySends(kafka, "/mechanism", settings.sendTimeout(), meters, List.of("thing")));
    }

    private void append(List<OutboxEvent> events) {
        transaction.executeWithoutResult(_ -> outbox.append(events));
    }

    private static OutboxEvent counted(String key, int number) {
        return counted("thing", key, number, "");
    }

    private static OutboxEvent counted(String topic, String key, int number, String padding) {
        return new OutboxEvent(
                topic,
                key,
                "com.flashsale.mechanism.thing.counted.v1",
                key,
                Map.of("key", key, "number", number, "padding", padding));
    }

    private long pending() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single();
    }
}
