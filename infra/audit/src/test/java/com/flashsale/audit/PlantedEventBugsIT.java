package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.evidence.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The planted bugs about events on their way between services. */
class PlantedEventBugsIT extends PlantedBugs {

    /** A relay that remembers the last number: a smaller one that is committed later is never read. */
    @Test
    void M3_the_outbox_is_read_by_numbers_greater_than_the_last() throws Exception {
        UUID slow = slowOrderWhile(() -> shop.events.relay("orders"));
        shop.settle();
        assertGreen();

        restart(5, 1);
        var last = new long[1];
        Step relayByCursor = () -> {
            for (var waiting : shop.events.waiting("orders", last[0])) {
                shop.events.send(waiting.event());
                last[0] = waiting.seq();
            }
            shop.databases.run("orders", "delete from outbox where seq <= ?", last[0]);
        };
        slow = slowOrderWhile(relayByCursor);
        relayByCursor.run();
        shop.settle();
        assertCaught("I7", "order " + slow, "placed was never told");
    }

    /** Ada's order takes its number in the outbox first and is committed last; the relay runs in between. */
    private UUID slowOrderWhile(Step relay) throws Exception {
        var admission = shop.waitlist.admit(ADA);
        var other = shop.waitlist.admit(BOB);
        return shop.databases.in("orders", slow -> {
            var order = TinyShop.uuid();
            shop.orders.claim(slow, ADA, "key-of-ada", order);
            shop.orders.writeOrder(slow, order, ADA, admission);
            shop.orders.place(BOB, "key-of-bob", other);
            unchecked(relay);
            return order;
        });
    }

    /** The offset is committed, then the consumer dies: no consumer reads the message again. */
    @Test
    void M9_the_offset_is_committed_before_the_effect() throws Exception {
        orderOf(ADA);
        shop.settle();
        assertGreen();

        restart(5, 1);
        var order = orderOf(ADA);
        shop.events.relay("orders");
        shop.events.read("inventory", Topics.ORDERS); // reads on from here; what it has read dies with it
        shop.settle();
        assertCaught("I7", "placed of order " + order + " was never taken by inventory-service");
        assertCaught("I3", "order " + order);
    }

    /** The row is gone, the message not yet sent. */
    @Test
    void M10_the_relay_deletes_before_the_broker_has_acknowledged() throws Exception {
        orderOf(ADA);
        shop.settle();
        assertGreen();

        restart(5, 1);
        var order = orderOf(ADA);
        var read = shop.events.waiting("orders", 0);
        read.forEach(waiting ->
                unchecked(() -> shop.databases.run("orders", "delete from outbox where seq = ?", waiting.seq())));
        // here the process ends
        shop.settle();
        assertCaught("I7", "order " + order, "placed was never told");
    }

    /** The audit has read the topic; then Bob's order is placed and told; then the audit reads the orders. */
    @Test
    void an_order_of_the_moment_of_the_look_is_no_false_alarm() throws Exception {
        var looks = new AtomicInteger();
        var placed = new AtomicReference<UUID>();
        var busy = books.databases(query -> {
            if (!query.startsWith("select id, state from orders") || looks.getAndIncrement() > 0) return;
            unchecked(() -> {
                placed.set(orderOf(BOB));
                shop.settle();
            });
        });

        try (var evidence = new Evidence(busy, new Topics(books.kafka()), histories)) {
            var report = new Audit(evidence, Clock.systemUTC(), Duration.ZERO).run();

            assertThat(placed.get()).isNotNull();
            assertThat(report.text()).doesNotContain("never told");
        }
    }
}
