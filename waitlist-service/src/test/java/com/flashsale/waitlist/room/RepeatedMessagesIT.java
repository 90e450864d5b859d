package com.flashsale.waitlist.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class RepeatedMessagesIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> TOPICS =
            List.of("catalog.sale", "inventory.stock", "order.order", "inventory.reservation");

    private final int port;
    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;

    RepeatedMessagesIT(@LocalServerPort int port, @Autowired StringRedisTemplate redis, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.redis = redis;
        this.jdbc = jdbc;
    }

    @Test
    void every_message_again_and_in_any_order_of_topics_changes_nothing() {
        var sale = ASale.of(4).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var buyers = new ArrayList<AShopper>();
        for (int i = 0; i < 3; i++) {
            buyers.add(new AShopper(port));
            var admission = buyers.getLast().join(sale.id()).text("admission");
            inventory.decide(
                    buyers.getLast().order(sale.id(), admission, 1),
                    buyers.getLast().id(),
                    1);
        }
        inventory.told();
        var waits = new AShopper(port);
        var ticket = waits.join(sale.id()).text("ticket");
        await().atMost(SOON).until(() -> waits.claim(sale.id(), ticket).status() == 201);
        await().atMost(SOON).until(() -> states(sale).equals(List.of("DECIDED", "DECIDED", "DECIDED", "ISSUED")));
        await().atMost(SOON).until(() -> room(sale).get("promised").equals("1"));
        var before = facts(sale);

        // the whole history again, the newest first, with the ids it had
        for (var topic : TOPICS.reversed()) {
            for (var event : eventsOf(topic, sale).reversed()) again(event);
        }
        var last = ASale.of(1).scheduled().knownTo(port);
        await().atMost(SOON).until(() -> new AShopper(port).join(last.id()).status() == 201);
        settle();

        assertThat(facts(sale)).isEqualTo(before);
    }

    @Test
    void a_decision_that_is_heard_before_its_order_is_not_forgotten() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var admission = ada.join(sale.id()).text("admission");
        var order = UUID.randomUUID();

        inventory.decide(order, ada.id(), 1);
        await().atMost(SOON).until(() -> room(sale).get("available").equals("0"));
        assertThat(states(sale)).containsExactly("ISSUED");
        ada.orderAs(order, sale.id(), admission, 1);

        await().atMost(SOON).until(() -> states(sale).equals(List.of("DECIDED")));
        await().atMost(SOON).until(() -> ada.queue(sale.id()).state().equals("SOLD_OUT"));
    }

    @Test
    void redis_learns_a_missed_decision_from_postgresql() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var order = ada.order(sale.id(), ada.join(sale.id()).text("admission"), 1);
        await().atMost(SOON).until(() -> states(sale).equals(List.of("ORDERED")));
        await().atMost(SOON).until(() -> room(sale).get("flying").equals("1"));
        // as if the change of the room was lost after the commit
        jdbc.sql("update admission set state = 'DECIDED', order_id = :order where sale_id = :sale")
                .param("sale", sale.id())
                .param("order", order)
                .update();

        await().atMost(Duration.ofSeconds(40))
                .until(() -> room(sale).get("promised").equals("0"));
        assertThat(inventory.available()).isEqualTo(1);
    }

    @Test
    void a_unit_that_was_taken_is_free_at_no_moment_also_if_the_clock_hears_of_it_first() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var order = ada.order(sale.id(), ada.join(sale.id()).text("admission"), 1);
        var bob = new AShopper(port);
        bob.join(sale.id());
        // from five seconds on the room's clock asks PostgreSQL what became of it
        await().atMost(SOON).until(() -> inFlightFor(sale) > 5_500);
        jdbc.sql("""
                with decided as (
                    update admission
                       set state = 'DECIDED', order_id = :order
                     where sale_id = :sale)
                update stock
                   set available = 0, reserved = 1, version = version + 1, updated_at = now() - interval '1 hour'
                 where sale_id = :sale
                """).param("sale", sale.id()).param("order", order).update();

        await().atMost(SOON).until(() -> room(sale).get("promised").equals("0"));
        await().atMost(SOON).until(() -> bob.mine(sale.id()).state().equals("SOLD_OUT"));
        assertThat(states(sale)).containsExactly("DECIDED");
    }

    @Test
    void a_unit_that_was_taken_is_free_at_no_moment_also_if_its_order_is_heard_of_last() {
        var sale = ASale.of(1).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        var admission = ada.join(sale.id()).text("admission");
        var bob = new AShopper(port);
        bob.join(sale.id());
        var order = UUID.randomUUID();
        // as if a replica had died between committing the decision and telling the room of the stock after it
        jdbc.sql("""
                with decided as (
                    insert into admitted_order (order_id, decided) values (:order, true))
                update stock
                   set available = 0, reserved = 1, version = version + 1, updated_at = now() - interval '1 hour'
                 where sale_id = :sale
                """).param("sale", sale.id()).param("order", order).update();

        ada.orderAs(order, sale.id(), admission, 1);

        await().atMost(SOON).until(() -> room(sale).get("promised").equals("0"));
        await().atMost(SOON).until(() -> bob.mine(sale.id()).state().equals("SOLD_OUT"));
        assertThat(states(sale)).containsExactly("DECIDED");
    }

    /** Milliseconds since the room heard of the order of its only promise; negative before. */
    private double inFlightFor(ASale sale) {
        var promise = redis.opsForZSet().rangeWithScores("wr:{" + sale.id() + "}:promises", 0, 0);
        var since = promise == null || promise.isEmpty()
                ? null
                : promise.iterator().next().getScore();
        return since == null ? -1 : System.currentTimeMillis() - (since - RoomChanges.IN_FLIGHT);
    }

    /** Waits until later messages of each topic have arrived: the earlier ones have reached all replicas by then. */
    private void settle() {
        var marker = ASale.of(1).scheduled().knownTo(port);
        var inventory = AnInventory.of(marker).told();
        var ada = new AShopper(port);
        await().atMost(SOON).until(() -> ada.join(marker.id()).status() == 201);
        var order = ada.order(marker.id(), ada.join(marker.id()).text("admission"), 1);
        inventory.decide(order, ada.id(), 1);
        await().atMost(SOON).until(() -> states(marker).equals(List.of("DECIDED")));
    }

    private Map<String, Object> facts(ASale sale) {
        var facts = new TreeMap<String, Object>();
        facts.put("admissions", states(sale));
        var room = room(sale);
        for (var figure : List.of("available", "version", "promised", "flying", "issued", "serving", "phase")) {
            facts.put(figure, room.get(figure));
        }
        facts.put(
                "sale",
                jdbc.sql("select version, allotted, paused from sale where sale_id = :sale")
                        .param("sale", sale.id())
                        .query()
                        .singleRow());
        return facts;
    }

    private Map<Object, Object> room(ASale sale) {
        return redis.opsForHash().entries("wr:{" + sale.id() + "}:room");
    }

    private List<String> states(ASale sale) {
        return jdbc.sql("select state from admission where sale_id = :sale order by state")
                .param("sale", sale.id())
                .query(String.class)
                .list();
    }

    private static List<TestEvent> eventsOf(String topic, ASale sale) {
        return TestKafka.events(topic).stream()
                .filter(event -> event.data()
                        .path("saleId")
                        .asString("")
                        .equals(sale.id().toString()))
                .toList();
    }

    private static void again(TestEvent event) {
        TestKafka.produce(event.topic(), event.key(), event.type(), event.id(), event.data());
    }
}
