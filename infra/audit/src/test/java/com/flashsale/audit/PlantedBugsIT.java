package com.flashsale.audit;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.evidence.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bugs M1 to M15 that an audit of a flash sale must catch. Each bug is code that runs on the services' schemas with
 * a real PostgreSQL and a real Kafka. The audit sees the rows that this code leaves behind, not a row that was written
 * for the audit. Before it, the same scenario runs without the bug: green.
 *
 * <p>M14, a retry on every layer, multiplies requests and changes no book: idempotency makes it harmless, and the audit
 * says so. Its cost shows in the traffic.
 */
class PlantedBugsIT {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Books books;

    @TempDir
    private Path histories;

    private TinyShop shop;

    @BeforeAll
    static void open() throws Exception {
        books = new Books();
        // what would stop some of the bugs before they do harm: the audit must not need it
        books.execute("inventory", "alter table stock drop constraint never_oversold");
        books.execute("waitlist", "alter table stock drop constraint stock_check");
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void start() throws Exception {
        shop = fresh(5, 1);
    }

    @AfterEach
    void end() throws SQLException {
        shop.close();
    }

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
        shop.relay("orders");
        var bothHaveLooked = new CyclicBarrier(2);
        together(shop.read("inventory", Topics.ORDERS).stream()
                .map(event -> (Step) () -> shop.in("inventory", connection -> {
                    shop.firstSeen(connection, "inventory-service.order", event);
                    var left = TinyShop.row(connection, "select allotted - reserved - sold from stock");
                    meet(bothHaveLooked);
                    if (((Number) left.getFirst()).intValue() > 0) {
                        shop.hold(connection, event.subject(), UUID.fromString(event.data()));
                        shop.tellReservation(connection, event.subject(), "held");
                    }
                    return true;
                }))
                .toList());
        shop.settle();
        assertCaught("I1", "sale " + shop.sale, "2 reserved");
    }

    /** Nothing that says once: two requests with one key both find that it is new. */
    @Test
    void M2_no_unique_index_on_the_key() throws Exception {
        var admission = shop.admit(ADA);
        together(List.of(() -> shop.place(ADA, "one-key", admission), () -> shop.place(ADA, "one-key", admission)));
        shop.settle();
        assertGreen();

        restart(5, 1);
        books.execute(
                "orders",
                "alter table idempotency_record drop constraint idempotency_record_pkey",
                "alter table orders drop constraint orders_admission_id_key");
        try {
            var used = shop.admit(ADA);
            var bothHaveLooked = new CyclicBarrier(2);
            Step placeUnlessKnown = () -> shop.in("orders", connection -> {
                var known = TinyShop.row(connection, "select count(*) from idempotency_record where key = 'one-key'");
                meet(bothHaveLooked);
                var made = TinyShop.uuid();
                if (((Number) known.getFirst()).intValue() == 0) {
                    shop.claim(connection, ADA, "one-key", made);
                    shop.writeOrder(connection, made, ADA, used);
                }
                return made;
            });
            together(List.of(placeUnlessKnown, placeUnlessKnown));
            shop.settle();
            assertCaught("I5", "key one-key of customer " + ADA, "2 answers");
            assertCaught("I5", "admission " + used, "2 orders");
        } finally {
            books.execute(
                    "orders",
                    "truncate idempotency_record, orders cascade",
                    "alter table idempotency_record add constraint idempotency_record_pkey primary key (scope, key)",
                    "alter table orders add constraint orders_admission_id_key unique (admission_id)");
        }
    }

    /** A relay that remembers the last number: a smaller one that is committed later is never read. */
    @Test
    void M3_the_outbox_is_read_by_numbers_greater_than_the_last() throws Exception {
        UUID slow = slowOrderWhile(() -> shop.relay("orders"));
        shop.settle();
        assertGreen();

        restart(5, 1);
        var last = new long[1];
        Step relayByCursor = () -> {
            for (var waiting : shop.waiting("orders", last[0])) {
                shop.send(waiting.event());
                last[0] = waiting.seq();
            }
            shop.run("orders", "delete from outbox where seq <= ?", last[0]);
        };
        slow = slowOrderWhile(relayByCursor);
        relayByCursor.run();
        shop.settle();
        assertCaught("I7", "order " + slow, "placed was never told");
    }

    /** Ada's order takes its number in the outbox first and is committed last; the relay runs in between. */
    private UUID slowOrderWhile(Step relay) throws Exception {
        var admission = shop.admit(ADA);
        var other = shop.admit(BOB);
        return shop.in("orders", slow -> {
            var order = TinyShop.uuid();
            shop.claim(slow, ADA, "key-of-ada", order);
            shop.writeOrder(slow, order, ADA, admission);
            shop.place(BOB, "key-of-bob", other);
            unchecked(relay);
            return order;
        });
    }

    /** "202" goes out, then the process dies, and with it the transaction. */
    @Test
    void M4_the_answer_goes_out_before_the_commit() throws Exception {
        var admission = shop.admit(ADA);
        write(shop.history(ADA, "key", shop.place(ADA, "key", admission), 202));
        shop.settle();
        assertGreen();

        restart(5, 1);
        var early = shop.admit(ADA);
        var promised = TinyShop.uuid();
        try (var connection = books.connect("orders")) {
            connection.setAutoCommit(false);
            shop.claim(connection, ADA, "key", promised);
            shop.writeOrder(connection, promised, ADA, early);
            write(shop.history(ADA, "key", promised, 202));
            // the connection ends without a commit, as a killed process's does
        }
        shop.settle();
        assertCaught("I4", "order " + promised, ADA.toString());
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
            shop.relay("orders");
            for (var event : shop.read("inventory", Topics.ORDERS)) {
                shop.in("inventory", connection -> {
                    shop.firstSeen(connection, "inventory-service.order", event);
                    if (left.getAndDecrement() > 0) shop.hold(connection, event.subject(), customer);
                    shop.tellReservation(connection, event.subject(), "held");
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
        var first = shop.join(ADA, now);
        await().atMost(PATIENCE).until(() -> (boolean) shop.row(
                        "waitlist",
                        "select clock_timestamp() > joined_at + interval '1200 ms' from waitlist_entry where id = ?",
                        first)
                .getFirst());
        shop.join(BOB, now - Duration.ofMinutes(5).toMillis());
        var next = shop.row(
                "waitlist",
                "select id, customer_id from waitlist_entry where state = 'WAITING' order by place, " + column
                        + " limit 1");
        shop.offer((UUID) next.get(0), (UUID) next.get(1));
        shop.settle();
        return first;
    }

    /** The provider answers too late, and is asked again under a new key. */
    @Test
    void M7_a_capture_that_is_retried_without_its_key() throws Exception {
        shop.buy(ADA);
        assertGreen();

        restart(5, 1);
        var order = orderOf(ADA);
        shop.settle();
        var payment = TinyShop.uuid();
        shop.run(
                "orders",
                "insert into payment values (?, ?, 'test-approve', 8990, 'EUR', 'REQUESTED', now(), now(), 0, now())",
                payment,
                order);
        for (int attempt = 0; attempt < 2; attempt++)
            shop.charge(TinyShop.uuid().toString(), order);
        shop.paid(payment, order);
        shop.settle();
        assertCaught("I10", "order " + order, "2 captures");
    }

    /** The customer cancels while time is over: both find it held, and both give the unit back. */
    @Test
    void M8_a_unit_is_released_by_cancellation_and_by_expiry() throws Exception {
        orderOf(BOB);
        var order = orderOf(ADA);
        shop.settle();
        shop.cancel(order);
        shop.relay("orders");
        shop.inventory();
        shop.in("inventory", connection -> {
            shop.settle(connection, order, "EXPIRED");
            return true;
        });
        shop.settle();
        assertGreen();

        restart(5, 1);
        orderOf(BOB);
        var twice = orderOf(ADA);
        shop.settle();
        shop.cancel(twice);
        shop.relay("orders");
        shop.read("inventory", Topics.ORDERS).forEach(this::markTaken);
        var bothHaveLooked = new CyclicBarrier(2);
        together(List.of(
                () -> releaseIfHeld(twice, "RELEASED", bothHaveLooked),
                () -> releaseIfHeld(twice, "EXPIRED", bothHaveLooked)));
        shop.settle();
        assertCaught("I2", "sale " + shop.sale, "reservations 1/0");
        assertCaught("I2", "order " + twice, "HELD");
    }

    private void releaseIfHeld(UUID order, String how, CyclicBarrier bothHaveLooked) throws SQLException {
        shop.in("inventory", connection -> {
            var state = TinyShop.row(connection, "select state from reservation where order_id = ?", order);
            meet(bothHaveLooked);
            if (state.getFirst().equals("HELD")) {
                TinyShop.update(
                        connection,
                        "update reservation set state = ?, settled_at = now() where order_id = ?",
                        how,
                        order);
                shop.move(connection, order, how, "reserved = reserved - 1");
            }
            return true;
        });
    }

    private void markTaken(TinyShop.Event event) {
        unchecked(
                () -> shop.in("inventory", connection -> shop.firstSeen(connection, "inventory-service.order", event)));
    }

    /** The offset is committed, then the consumer dies: no consumer reads the message again. */
    @Test
    void M9_the_offset_is_committed_before_the_effect() throws Exception {
        orderOf(ADA);
        shop.settle();
        assertGreen();

        restart(5, 1);
        var order = orderOf(ADA);
        shop.relay("orders");
        shop.read("inventory", Topics.ORDERS); // reads on from here; what it has read dies with it
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
        var read = shop.waiting("orders", 0);
        read.forEach(waiting -> unchecked(() -> shop.run("orders", "delete from outbox where seq = ?", waiting.seq())));
        // here the process ends
        shop.settle();
        assertCaught("I7", "order " + order, "placed was never told");
    }

    /**
     * The answer to a key is looked up without its owner: Bob, who happens to use the same key, is given Ada's order.
     */
    @Test
    void M11_the_owner_is_not_asked_for() throws Exception {
        placeByBothWith((customer, admission) -> shop.place(customer, "0001", admission));
        assertGreen();

        restart(5, 1);
        var orders = placeByBothWith((customer, admission) -> shop.in("orders", connection -> {
            var known = TinyShop.row(connection, "select min(location) from idempotency_record where key = '0001'")
                    .getFirst();
            return known == null
                    ? shop.place(customer, "0001", admission)
                    : UUID.fromString(known.toString().substring("/api/v1/orders/".length()));
        }));
        assertCaught("I4", "order " + orders, BOB.toString());
    }

    private interface Place {
        UUID by(UUID customer, UUID admission) throws SQLException;
    }

    /** Returns what Bob was told. */
    private UUID placeByBothWith(Place place) throws Exception {
        write(shop.history(ADA, "0001", place.by(ADA, shop.admit(ADA)), 202));
        var admission = shop.admit(BOB);
        var told = place.by(BOB, admission);
        write(shop.history(BOB, "0001", told, 202));
        shop.settle();
        return told;
    }

    /** The order is committed, the process dies, and the key was to be written next. */
    @Test
    void M12_the_key_is_stored_outside_the_transaction() throws Exception {
        var admission = shop.admit(ADA);
        assertThat(shop.place(ADA, "key", admission)).isEqualTo(shop.place(ADA, "key", admission));
        shop.settle();
        assertGreen();

        restart(5, 1);
        var used = shop.admit(ADA);
        var order = TinyShop.uuid();
        shop.in("orders", connection -> {
            shop.writeOrder(connection, order, ADA, used);
            return true;
        });
        // here the process ends; the client comes again with its key and is told that its admission is used
        shop.settle();
        assertCaught("I4", "order " + order, "no answer is kept");
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
        shop.relay("orders");
        // decided in memory: nothing is reserved, the next version is 2; then it is paused, and another one does the
        // work
        shop.settle();
        shop.in("inventory", connection -> {
            int written = TinyShop.update(
                    connection, "update stock set reserved = 0, version = 2 where sale_id = ? " + fence, shop.sale);
            if (written == 1) shop.tellStock(connection, 2);
            return true;
        });
        shop.settle();
    }

    /**
     * Three tries of the client, of the gateway and of a service: 27 requests, one key, one order; no book shows it.
     */
    @Test
    void M14_retries_on_every_layer_leave_no_trace_in_the_books() throws Exception {
        var admission = shop.admit(ADA);
        var order = shop.place(ADA, "key", admission);
        for (int retry = 1; retry < 27; retry++) {
            assertThat(shop.place(ADA, "key", admission)).isEqualTo(order);
        }
        shop.settle();
        assertGreen();
    }

    /**
     * A unit comes back and is offered to the waitlist, while the room goes on with its numbers: one unit, two
     * promises.
     */
    @Test
    void M15_the_waitlist_is_served_while_the_room_is_not_closed() throws Exception {
        restart(1, 1);
        var entry = shop.join(ADA, System.currentTimeMillis());
        shop.offer(entry, ADA);
        shop.settle();
        assertGreen();

        restart(1, 1);
        var freed = shop.join(ADA, System.currentTimeMillis());
        var offer = shop.offer(freed, ADA);
        var turn = shop.admit(BOB);
        shop.settle();
        assertCaught("I12", "sale " + shop.sale, "2 units are promised", offer.toString(), turn.toString());
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

    // -- how

    private interface Step {
        void run() throws Exception;
    }

    private UUID orderOf(UUID customer) throws SQLException {
        return shop.place(customer, "key-of-" + customer, shop.admit(customer));
    }

    private void restart(int units, int factor) throws Exception {
        shop.close();
        try (var old = Files.list(histories)) {
            for (var file : old.toList()) Files.delete(file);
        }
        shop = fresh(units, factor);
    }

    private static TinyShop fresh(int units, int factor) throws Exception {
        books.clear();
        return new TinyShop(books, units, factor);
    }

    private void write(String line) throws IOException {
        var file = histories.resolve("client.jsonl");
        var before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + line + "\n");
    }

    private static void together(List<Step> steps) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = steps.stream()
                    .map(step -> runAsync(() -> unchecked(step), threads))
                    .toList();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        unchecked(() -> barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertGreen() throws Exception {
        var report = audit();
        assertThat(report.green()).as(report.text()).isTrue();
    }

    private void assertCaught(String id, String... named) throws Exception {
        var report = audit();
        assertThat(report.green()).isFalse();
        assertThat(report.invariants())
                .filteredOn(result -> result.id().equals(id))
                .singleElement()
                .satisfies(result -> assertThat(result.violations())
                        .as(report.text())
                        .anySatisfy(violation -> assertThat(violation).contains(named)));
    }

    private AuditReport audit() throws Exception {
        try (var evidence = books.evidence(histories)) {
            return new Audit(evidence, Clock.systemUTC(), Duration.ZERO).run();
        }
    }
}
