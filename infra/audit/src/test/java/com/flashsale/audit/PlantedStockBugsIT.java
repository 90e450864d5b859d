package com.flashsale.audit;

import static org.awaitility.Awaitility.await;

import com.flashsale.audit.evidence.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The planted bugs about units, places and promises. */
class PlantedStockBugsIT extends PlantedBugs {

    /** A check followed by an act, in two transactions at once: both see the last unit. */
    @Test
    void M1_check_then_act_without_a_lock() throws Exception {
        restart(1, 2);
        orderOf(ADA);
        orderOf(BOB);
        shop.settle();
        assertGreen();

        restart(1, 2);
        orderOf(ADA);
        orderOf(BOB);
        shop.events.relay("orders");
        var bothHaveLooked = new CyclicBarrier(2);
        together(shop.events.read("inventory", Topics.ORDERS).stream()
                .map(event -> (Step) () -> shop.databases.in("inventory", connection -> {
                    shop.events.firstSeen(connection, "inventory-service.order", event);
                    var left = ShopDatabases.row(connection, "select allotted - reserved - sold from stock");
                    meet(bothHaveLooked);
                    if (((Number) left.getFirst()).intValue() > 0) {
                        shop.inventory.hold(connection, event.subject(), UUID.fromString(event.data()));
                        shop.inventory.tellReservation(connection, event.subject(), "held");
                    }
                    return true;
                }))
                .toList());
        shop.settle();
        assertCaught("I1", "sale " + shop.sale, "2 reserved");
    }

    /** A counter outside the database decides; it is lost, and filled again with the allotted units. */
    @Test
    void M5_a_counter_in_memory_decides_about_units() throws Exception {
        restart(1, 2);
        orderOf(ADA);
        orderOf(BOB);
        shop.settle();
        assertGreen();

        restart(1, 2);
        var left = new AtomicInteger(1);
        for (var customer : List.of(ADA, BOB)) {
            orderOf(customer);
            shop.events.relay("orders");
            for (var event : shop.events.read("inventory", Topics.ORDERS)) {
                shop.databases.in("inventory", connection -> {
                    shop.events.firstSeen(connection, "inventory-service.order", event);
                    if (left.getAndDecrement() > 0) shop.inventory.hold(connection, event.subject(), customer);
                    shop.inventory.tellReservation(connection, event.subject(), "held");
                    return true;
                });
            }
            left.set(1); // FLUSHALL, and the start value again
        }
        shop.settle();
        assertCaught("I1", "sale " + shop.sale, "2 reserved");
    }

    /**
     * Two replicas number the entries by their clocks, and one clock is five minutes behind: a later entry stands in
     * front.
     */
    @Test
    void M6_first_come_by_the_wall_clocks_of_replicas() throws Exception {
        offerInOrderOf("joined_at");
        assertGreen();

        restart(1, 1);
        var first = offerInOrderOf("id");
        assertCaught("I9", "before entry " + first);
    }

    /** Ada joins, and when the database's clock has moved on, Bob at the other replica. Returns Ada's entry. */
    private UUID offerInOrderOf(String column) throws Exception {
        long now = System.currentTimeMillis();
        var first = shop.waitlist.join(ADA, now);
        await().atMost(PATIENCE).until(() -> (boolean) shop.databases
                .row(
                        "waitlist",
                        "select clock_timestamp() > joined_at + interval '1200 ms' from waitlist_entry where id = ?",
                        first)
                .getFirst());
        shop.waitlist.join(BOB, now - Duration.ofMinutes(5).toMillis());
        var next = shop.databases.row(
                "waitlist",
                "select id, customer_id from waitlist_entry where state = 'WAITING' order by place, " + column
                        + " limit 1");
        shop.waitlist.offer((UUID) next.get(0), (UUID) next.get(1));
        shop.settle();
        return first;
    }

    /** The customer cancels while time is over: both find it held, and both give the unit back. */
    @Test
    void M8_a_unit_is_released_by_cancellation_and_by_expiry() throws Exception {
        orderOf(BOB);
        var order = orderOf(ADA);
        shop.settle();
        shop.orders.cancel(order);
        shop.events.relay("orders");
        shop.inventory.takeOrders();
        shop.databases.in("inventory", connection -> {
            shop.inventory.settle(connection, order, "EXPIRED");
            return true;
        });
        shop.settle();
        assertGreen();

        restart(5, 1);
        orderOf(BOB);
        var twice = orderOf(ADA);
        shop.settle();
        shop.orders.cancel(twice);
        shop.events.relay("orders");
        shop.events.read("inventory", Topics.ORDERS).forEach(this::markTaken);
        var bothHaveLooked = new CyclicBarrier(2);
        together(List.of(
                () -> releaseIfHeld(twice, "RELEASED", bothHaveLooked),
                () -> releaseIfHeld(twice, "EXPIRED", bothHaveLooked)));
        shop.settle();
        assertCaught("I2", "sale " + shop.sale, "reservations 1/0");
        assertCaught("I2", "order " + twice, "HELD");
    }

    private void releaseIfHeld(UUID order, String how, CyclicBarrier bothHaveLooked) throws SQLException {
        shop.databases.in("inventory", connection -> {
            var state = ShopDatabases.row(connection, "select state from reservation where order_id = ?", order);
            meet(bothHaveLooked);
            if (state.getFirst().equals("HELD")) {
                ShopDatabases.update(
                        connection,
                        "update reservation set state = ?, settled_at = now() where order_id = ?",
                        how,
                        order);
                shop.inventory.move(connection, order, how, "reserved = reserved - 1");
            }
            return true;
        });
    }

    private void markTaken(ShopEvents.Event event) {
        unchecked(() -> shop.databases.in(
                "inventory", connection -> shop.events.firstSeen(connection, "inventory-service.order", event)));
    }

    /** A writer that was paused, and replaced meanwhile, writes what it had in mind. */
    @Test
    void M13_a_writer_that_was_replaced_still_writes() throws Exception {
        zombieWrites("and version = 1");
        assertGreen();

        restart(5, 1);
        zombieWrites("");
        assertCaught("I2", "sale " + shop.sale, "reservations 1/0");
        assertCaught("I8", "sale " + shop.sale, "version 2 came after 2");
    }

    private void zombieWrites(String fence) throws Exception {
        orderOf(ADA);
        shop.events.relay("orders");
        // decided in memory: nothing is reserved, the next version is 2; then it is paused, and another one does the
        // work
        shop.settle();
        shop.databases.in("inventory", connection -> {
            int written = ShopDatabases.update(
                    connection, "update stock set reserved = 0, version = 2 where sale_id = ? " + fence, shop.sale);
            if (written == 1) shop.inventory.tellStock(connection, 2);
            return true;
        });
        shop.settle();
    }

    /**
     * A unit comes back and is offered to the waitlist, while the room goes on with its numbers: one unit, two
     * promises.
     */
    @Test
    void M15_the_waitlist_is_served_while_the_room_is_not_closed() throws Exception {
        restart(1, 1);
        var entry = shop.waitlist.join(ADA, System.currentTimeMillis());
        shop.waitlist.offer(entry, ADA);
        shop.settle();
        assertGreen();

        restart(1, 1);
        var freed = shop.waitlist.join(ADA, System.currentTimeMillis());
        var offer = shop.waitlist.offer(freed, ADA);
        var turn = shop.waitlist.admit(BOB);
        shop.settle();
        assertCaught("I12", "sale " + shop.sale, "2 units are promised", offer.toString(), turn.toString());
    }
}
