package com.flashsale.inventory;

import static com.flashsale.inventory.Units.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEngines;
import com.flashsale.platform.test.TestKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** A consumer that lost its place, or an operator who reset it, reads everything again. */
@ServiceTest
class ReplayIT {

    private static final Map<String, List<String>> LISTENERS = Map.of(
            "orders", List.of("inventory-service", "order.order"),
            "sales", List.of("inventory-service.sale", "catalog.sale"));

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Test
    void both_topics_delivered_again_long_after_the_inbox_has_forgotten_them_move_no_unit() throws Exception {
        var refused = new ArrayList<Orders.Order>();
        var late = new ArrayList<Orders.Order>();
        for (int i = 0; i < 2; i++) unitsThatWereTakenAndAreFreeAgain(refused, late);
        awaitAllTold();
        var state = digest();
        var moved = movesTold();

        replay(() -> jdbc.sql("delete from inbox").update());

        assertThat(digest()).isEqualTo(state);
        assertThat(movesTold()).isEqualTo(moved);
        refused.forEach(order -> assertThat(Units.toldAbout(order)).containsExactly("refused"));
        late.forEach(order -> assertThat(Units.toldAbout(order)).doesNotContain("confirmed"));
    }

    /**
     * One order is paid too late, while its unit is another's; one finds nothing left; then the units are free again.
     */
    private void unitsThatWereTakenAndAreFreeAgain(List<Orders.Order> refused, List<Orders.Order> late) {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var first = orders.place(1);
        Units.awaitTold(first, "held");
        sale.holdEnded(first, 6);
        Units.awaitTold(first, "held", "expired");
        var second = orders.place(1);
        var third = orders.place(1);
        orders.pay(first);
        Units.awaitTold(first, "held", "expired", "confirmation-refused");
        Units.awaitTold(third, "refused");
        orders.cancel(second);
        sale.awaitUnits(0, 0);
        late.add(first);
        refused.add(third);
    }

    private long movesTold() {
        return TestKafka.events("inventory.reservation").stream()
                .filter(event -> !event.type().contains("refused"))
                .count();
    }

    @Test
    void both_topics_delivered_again_from_their_beginning_change_nothing() throws Exception {
        someSales();
        awaitAllTold();
        var state = digest();
        var told = TestKafka.events("inventory.reservation").size();
        var changes = TestKafka.events("inventory.stock").size();

        replay(() -> {});

        assertThat(digest()).isEqualTo(state);
        assertThat(TestKafka.events("inventory.reservation")).hasSize(told);
        assertThat(TestKafka.events("inventory.stock")).hasSize(changes);
    }

    private void replay(Runnable meanwhile) throws Exception {
        LISTENERS.keySet().forEach(id -> listener(id).stop());
        meanwhile.run();
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", TestEngines.kafka().url()))) {
            for (var of : LISTENERS.values()) rewind(admin, of.get(0), of.get(1));
            LISTENERS.keySet().forEach(id -> listener(id).start());
            for (var of : LISTENERS.values()) awaitAtEnd(admin, of.get(0), of.get(1));
        }
        awaitAllTold();
    }

    /** The relay has sent each event, so that a count of the topics compares finished work with finished work. */
    private void awaitAllTold() {
        await().until(() -> jdbc.sql("select not exists (select from outbox)")
                .query(Boolean.class)
                .single());
    }

    private void someSales() {
        for (int i = 0; i < 3; i++) {
            var sale = Units.of(jdbc, Catalog.sale(20));
            var orders = new Orders(sale.saleId());
            var placed = IntStream.range(0, 30).mapToObj(_ -> orders.place(1)).toList();
            placed.subList(0, 10).forEach(orders::pay);
            placed.subList(10, 15).forEach(orders::cancel);
            orders.awaitDecided();
            sale.awaitUnits(5, 10);
        }
    }

    private org.springframework.kafka.listener.MessageListenerContainer listener(String id) {
        return java.util.Objects.requireNonNull(listeners.getListenerContainer(id));
    }

    private static void rewind(Admin admin, String group, String topic) throws Exception {
        var beginning = partitions(admin, topic).stream()
                .collect(Collectors.toMap(partition -> partition, _ -> new OffsetAndMetadata(0)));
        await().ignoreExceptions()
                .untilAsserted(() ->
                        admin.alterConsumerGroupOffsets(group, beginning).all().get(10, TimeUnit.SECONDS));
    }

    private static void awaitAtEnd(Admin admin, String group, String topic) throws Exception {
        var ends = admin.listOffsets(partitions(admin, topic).stream()
                        .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                .all()
                .get(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> {
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(10, TimeUnit.SECONDS);
            ends.forEach((partition, end) -> assertThat(committed.get(partition).offset())
                    .as("%s", partition)
                    .isEqualTo(end.offset()));
        });
    }

    private static List<TopicPartition> partitions(Admin admin, String topic) throws Exception {
        return admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(10, TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Everything this service knows, in one string. */
    private String digest() {
        return jdbc.sql("""
                select md5(string_agg(line, ';' order by line))
                  from (select stock::text as line from stock
                        union all
                        select reservation::text from reservation
                        union all
                        select ledger::text from ledger) everything
                """).query(String.class).single();
    }
}
