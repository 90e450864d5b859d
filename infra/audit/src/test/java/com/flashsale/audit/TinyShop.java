package com.flashsale.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.audit.evidence.Topics;
import com.flashsale.client.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The platform's way of one purchase, as small as it can be and still right: the services' own schemas, real
 * transactions, a real outbox, a real topic, an inbox. Each step is a method, so that a test can put a wrong one in its
 * place and see what the audit makes of what it leaves behind. A crash is a step that is not taken any further.
 */
class TinyShop implements AutoCloseable {

    private static final String PLACED = "com.flashsale.order.order.placed.v1";
    private static final String PAID = "com.flashsale.order.order.paid.v1";
    private static final String CANCELLED = "com.flashsale.order.order.cancelled.v1";
    private static final String RESERVATION = "com.flashsale.inventory.reservation.%s.v1";

    private static final Duration POLL = Duration.ofMillis(100);

    /** An action of a test inside one transaction of one database. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    record Event(UUID id, String topic, String type, UUID subject, String key, String data) {}

    final Books books;
    final UUID sale = uuid();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<String, Deque<Connection>> idle = new ConcurrentHashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> reader;
    private int number;

    /** @param factor how many promises a unit bears: above 1 some are disappointed, and know it beforehand */
    TinyShop(Books books, int units, int factor) throws SQLException {
        this.books = books;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        books.kafka(),
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        15_000,
                        "request.timeout.ms",
                        5_000,
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.reader = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", books.kafka(), "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        open(units, factor);
    }

    static UUID uuid() {
        var random = UUID.randomUUID();
        long millis = System.currentTimeMillis() << 16;
        return new UUID(millis | 0x7000L | (random.getMostSignificantBits() & 0xFFF), random.getLeastSignificantBits());
    }

    private void open(int units, int factor) throws SQLException {
        run("catalog", "insert into product values (?, 'Aurora', '', 8990, 'EUR', now())", sale);
        run("catalog", """
                insert into sale values (?, 1, ?, 'Aurora', 8990, 'EUR', ?, 1, now() - interval '1 min', now() + interval '1 h',
                                         120000, 5, ?, 500, 30000, 60000, 300000, 'FIFO', false, null)
                """, sale, sale, units, factor);
        run("catalog", "insert into sale_stock values (?, ?, ?, 1)", sale, units, units);
        run("inventory", """
                insert into stock values (?, ?, 0, 0, 1, 1, 1, 120000, now() - interval '1 min', now() + interval '1 h', null)
                """, sale, units);
        run(
                "inventory",
                "insert into ledger (sale_id, kind, units, moved_at) values (?, 'ALLOTTED', ?, now())",
                sale,
                units);
        run("orders", """
                insert into sale values (?, 1, 8990, 'EUR', 1, now() - interval '1 min', now() + interval '1 h', false, null)
                """, sale);
        run("waitlist", """
                insert into sale values (?, 1, ?, 1, now() - interval '1 min', now() + interval '1 h', 5, ?, 500, 30000, 60000, 300000,
                                         'FIFO', false, null)
                """, sale, units, factor);
        run("waitlist", "insert into stock values (?, ?, ?, 0, 0, 1)", sale, units, units);
        run("waitlist", "insert into waiting_room values (?, 1, 10000, 0, 0, 0, 0, 0, '\\x00')", sale);
    }

    // -- waitlist-service

    /** A turn of the waiting room. */
    UUID admit(UUID customer) throws SQLException {
        var admission = uuid();
        number++;
        run("waitlist", """
                insert into admission values (?, ?, ?, 1, 'TURN', ?, null, 'ISSUED', now(), now() + interval '1 min', now() + interval '65 s', null)
                """, admission, sale, customer, number);
        run(
                "waitlist",
                "update waiting_room set issued = ?, serving = ?, settled = ? where sale_id = ?",
                number,
                number,
                number,
                sale);
        return admission;
    }

    /** An entry of the waitlist, numbered as a replica does it whose clock shows this time. */
    UUID join(UUID customer, long clockMillis) throws SQLException {
        var entry = new UUID(clockMillis << 16 | 0x7000L, uuid().getLeastSignificantBits());
        return in("waitlist", connection -> {
            update(connection, """
                    insert into waitlist_entry (id, sale_id, customer_id, place, state)
                    values (?, ?, ?, 9223372036854775807, 'WAITING')
                    """, entry, sale, customer);
            entryEvent(connection, entry, "waiting");
            return entry;
        });
    }

    /** A freed unit for this entry. */
    UUID offer(UUID entry, UUID customer) throws SQLException {
        var admission = uuid();
        return in("waitlist", connection -> {
            update(connection, """
                    insert into admission values (?, ?, ?, 1, 'OFFER', null, ?, 'ISSUED', now(), now() + interval '5 min', now() + interval '305 s', null)
                    """, admission, sale, customer, entry);
            update(
                    connection,
                    "update waitlist_entry set state = 'OFFERED', admission_id = ? where id = ?",
                    admission,
                    entry);
            entryEvent(connection, entry, "offered");
            return admission;
        });
    }

    private void entryEvent(Connection connection, UUID entry, String fact) throws SQLException {
        append(connection, Topics.ENTRIES, "com.flashsale.waitlist.entry." + fact + ".v1", entry, sale.toString());
    }

    /** Takes over what inventory has decided, and the stock after it. */
    void follow() throws SQLException {
        for (var event : read("waitlist", Topics.RESERVATIONS)) {
            run(
                    "waitlist",
                    "update admission set state = 'DECIDED', order_id = ? where id = ?",
                    event.subject(),
                    admissionOf(event.subject()));
        }
        copyStock();
    }

    private void copyStock() throws SQLException {
        var stock = row(
                "inventory",
                "select allotted, allotted - reserved - sold, reserved, sold, version from stock where sale_id = ?",
                sale);
        run(
                "waitlist",
                "update stock set available = ?, reserved = ?, sold = ?, version = ? where sale_id = ?",
                stock.get(1),
                stock.get(2),
                stock.get(3),
                stock.get(4),
                sale);
        run(
                "catalog",
                "update sale_stock set available = ?, version = ? where sale_id = ?",
                stock.get(1),
                stock.get(4),
                sale);
    }

    private UUID admissionOf(UUID order) throws SQLException {
        return (UUID) row("orders", "select admission_id from orders where id = ?", order)
                .getFirst();
    }

    // -- order-service

    /** Key, order and event in one transaction; the same key again gives the same order. */
    UUID place(UUID customer, String key, UUID admission) throws SQLException {
        return in("orders", connection -> {
            var order = uuid();
            if (!claim(connection, customer, key, order)) return promised(connection, customer, key);
            writeOrder(connection, order, customer, admission);
            return order;
        });
    }

    boolean claim(Connection connection, UUID customer, String key, UUID order) throws SQLException {
        return update(connection, """
                insert into idempotency_record values (?, ?, '\\x00', 202, ?, convert_to('{"state":"PLACED"}', 'UTF8'))
                on conflict do nothing
                """, customer.toString(), key, "/api/v1/orders/" + order) == 1;
    }

    UUID promised(Connection connection, UUID customer, String key) throws SQLException {
        var location = row(
                connection,
                "select location from idempotency_record where scope = ? and key = ?",
                customer.toString(),
                key);
        return UUID.fromString(location.getFirst().toString().substring("/api/v1/orders/".length()));
    }

    void writeOrder(Connection connection, UUID order, UUID customer, UUID admission) throws SQLException {
        update(connection, """
                insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, placed_at)
                values (?, ?, ?, ?, 1, 8990, 'EUR', now())
                """, order, sale, customer, admission);
        append(connection, Topics.ORDERS, PLACED, order, sale.toString(), customer);
    }

    void checkout() throws SQLException {
        for (var event : read("orders", Topics.RESERVATIONS)) {
            in("orders", connection -> {
                if (!firstSeen(connection, "checkout", event)) return false;
                update(
                        connection,
                        """
                        update orders
                           set state = case when ? then 'RESERVED' else 'REFUSED' end,
                               reason = case when ? then null else 'SOLD_OUT' end,
                               reserved_until = case when ? then now() + interval '2 min' end
                         where id = ?
                           and state = 'PLACED'
                        """,
                        event.type().contains("held"),
                        event.type().contains("held"),
                        event.type().contains("held"),
                        event.subject());
                return true;
            });
        }
    }

    /** One payment, one key, however often the provider is asked. */
    void pay(UUID order) throws SQLException {
        var payment = uuid();
        run("orders", """
                insert into payment values (?, ?, 'test-approve', 8990, 'EUR', 'REQUESTED', now(), now(), 0, now() + interval '1 min')
                """, payment, order);
        charge(payment.toString(), order);
        charge(payment.toString(), order);
        paid(payment, order);
    }

    void paid(UUID payment, UUID order) throws SQLException {
        in("orders", connection -> {
            update(connection, "update payment set state = 'CAPTURED', next_attempt_at = null where id = ?", payment);
            update(connection, "update orders set state = 'PAID' where id = ? and state = 'RESERVED'", order);
            append(connection, Topics.ORDERS, PAID, order, sale.toString(), uuid());
            return true;
        });
    }

    /** The provider: the first call with a key takes the money. */
    void charge(String key, UUID order) throws SQLException {
        in("payment", connection -> {
            int first = update(connection, """
                    insert into charge values (?, ?, 8990, 'EUR', 'test-approve', 'CAPTURED', now(), null)
                    on conflict do nothing
                    """, key, order);
            if (first == 1) {
                update(
                        connection,
                        "insert into ledger_entry (charge_key, order_id, kind, amount_minor, currency, at) values (?, ?, 'CAPTURE', 8990, 'EUR', now())",
                        key,
                        order);
            }
            return true;
        });
    }

    void cancel(UUID order) throws SQLException {
        in("orders", connection -> {
            update(
                    connection,
                    "update orders set state = 'CANCELLED', reason = 'BY_CUSTOMER' where id = ? and state in ('PLACED', 'RESERVED')",
                    order);
            append(connection, Topics.ORDERS, CANCELLED, order, sale.toString(), uuid());
            return true;
        });
    }

    // -- inventory-service

    /** One transaction for each message: the inbox first, then the stock row's lock, then what follows. */
    void inventory() throws SQLException {
        for (var event : read("inventory", Topics.ORDERS)) {
            in("inventory", connection -> {
                if (firstSeen(connection, "inventory-service.order", event)) decide(connection, event);
                return true;
            });
        }
    }

    void decide(Connection connection, Event event) throws SQLException {
        var stock = row(connection, "select allotted - reserved - sold from stock where sale_id = ? for update", sale);
        var order = event.subject();
        switch (event.type()) {
            case PLACED -> {
                boolean held = ((Number) stock.getFirst()).intValue() > 0;
                if (held) hold(connection, order, UUID.fromString(event.data()));
                tellReservation(connection, order, held ? "held" : "refused");
            }
            case PAID -> settle(connection, order, "CONFIRMED");
            default -> settle(connection, order, "RELEASED");
        }
    }

    void tellReservation(Connection connection, UUID order, String fact) throws SQLException {
        append(connection, Topics.RESERVATIONS, RESERVATION.formatted(fact), order, order.toString());
    }

    void hold(Connection connection, UUID order, UUID customer) throws SQLException {
        update(connection, """
                insert into reservation values (?, ?, ?, ?, 1, 'HELD', now(), now() + interval '2 min', null)
                """, order, uuid(), sale, customer);
        move(connection, order, "HELD", "reserved = reserved + 1");
    }

    /** Only a held reservation can end, and it ends once. */
    void settle(Connection connection, UUID order, String state) throws SQLException {
        int ended = update(
                connection,
                "update reservation set state = ?, settled_at = now() where order_id = ? and state = 'HELD'",
                state,
                order);
        if (ended == 0) return;
        move(
                connection,
                order,
                state,
                state.equals("CONFIRMED") ? "reserved = reserved - 1, sold = sold + 1" : "reserved = reserved - 1");
        var fact = Map.of("CONFIRMED", "confirmed", "RELEASED", "released", "EXPIRED", "expired")
                .get(state);
        tellReservation(connection, order, fact);
    }

    void move(Connection connection, UUID order, String kind, String change) throws SQLException {
        update(
                connection,
                "insert into ledger (sale_id, order_id, kind, units, moved_at) values (?, ?, ?, 1, now())",
                sale,
                order,
                kind);
        var version = row(
                connection,
                "update stock set %s, version = version + 1 where sale_id = ? returning version".formatted(change),
                sale);
        tellStock(connection, ((Number) version.getFirst()).longValue());
    }

    void tellStock(Connection connection, long version) throws SQLException {
        append(
                connection,
                Topics.STOCKS,
                "com.flashsale.inventory.stock.changed.v1",
                sale,
                sale.toString(),
                "{\"version\":" + version + "}");
    }

    // -- what all services share

    void append(Connection connection, String topic, String type, UUID subject, String key, Object... data)
            throws SQLException {
        update(
                connection,
                """
                insert into outbox (id, shard, topic, key, type, subject, occurred_at, data) values (?, 0, ?, ?, ?, ?, now(), ?)
                """,
                uuid(),
                topic,
                key,
                type,
                subject.toString(),
                data.length == 0 ? "{}" : data[0].toString());
    }

    boolean firstSeen(Connection connection, String consumer, Event event) throws SQLException {
        return update(
                        connection,
                        "insert into inbox (consumer, message_id) values (?, ?) on conflict do nothing",
                        consumer,
                        event.id())
                == 1;
    }

    /** Sends, waits for the acknowledgement, and only then deletes. */
    void relay(String database) throws SQLException {
        for (var waiting : waiting(database, 0)) {
            send(waiting.event());
            run(database, "delete from outbox where seq = ?", waiting.seq());
        }
    }

    record Waiting(long seq, Event event) {}

    List<Waiting> waiting(String database, long after) throws SQLException {
        return in(database, connection -> {
            var found = new ArrayList<Waiting>();
            try (var query = connection.prepareStatement(
                    "select seq, id, topic, type, subject, key, data from outbox where seq > ? order by seq")) {
                query.setLong(1, after);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Waiting(
                                rows.getLong(1),
                                new Event(
                                        rows.getObject(2, UUID.class),
                                        rows.getString(3),
                                        rows.getString(4),
                                        UUID.fromString(rows.getString(5)),
                                        rows.getString(6),
                                        rows.getString(7))));
                    }
                }
            }
            return found;
        });
    }

    void send(Event event) {
        send(event, null);
    }

    /** As part of a load test. */
    void send(Event event, @Nullable String run) {
        var message = new ProducerRecord<>(
                event.topic(), event.key().getBytes(UTF_8), event.data().getBytes(UTF_8));
        message.headers().add("ce_id", event.id().toString().getBytes(UTF_8));
        message.headers().add("ce_type", event.type().getBytes(UTF_8));
        message.headers().add("ce_subject", event.subject().toString().getBytes(UTF_8));
        if (run != null) message.headers().add("loadtest", run.getBytes(UTF_8));
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the events that a consumer has not read yet; its next read starts after them. */
    List<Event> read(String consumer, String topic) {
        var partition = new TopicPartition(topic, 0);
        var events = new ArrayList<Event>();
        reader.assign(List.of(partition));
        reader.seek(partition, offsets.getOrDefault(consumer + topic, 0L));
        long end = reader.endOffsets(List.of(partition)).get(partition);
        while (reader.position(partition) < end) {
            reader.poll(POLL)
                    .forEach(message -> events.add(new Event(
                            UUID.fromString(
                                    header(message.headers().lastHeader("ce_id").value())),
                            topic,
                            header(message.headers().lastHeader("ce_type").value()),
                            UUID.fromString(header(
                                    message.headers().lastHeader("ce_subject").value())),
                            header(message.key()),
                            header(message.value()))));
        }
        offsets.put(consumer + topic, end);
        return events;
    }

    private static String header(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Lets everything arrive that is on its way. */
    void settle() throws SQLException {
        relay("waitlist");
        for (int round = 0; round < 3; round++) {
            relay("orders");
            inventory();
            relay("inventory");
            checkout();
        }
        follow();
    }

    /** A customer who buys one unit, from the turn to the payment. */
    UUID buy(UUID customer) throws SQLException {
        var order = place(customer, "key-of-" + customer, admit(customer));
        settle();
        pay(order);
        settle();
        return order;
    }

    String history(UUID customer, String key, UUID order, int status) {
        return Json.line(Map.of(
                "at",
                "2026-11-27T12:00:00Z",
                "customerId",
                customer,
                "idempotencyKey",
                key,
                "saleId",
                sale,
                "orderId",
                order,
                "status",
                status));
    }

    // -- JDBC

    /** One transaction; a connection is used by one at a time and then by the next. */
    <T> T in(String database, Work<T> work) throws SQLException {
        var free = idle.computeIfAbsent(database, _ -> new ConcurrentLinkedDeque<>());
        var connection = free.poll();
        if (connection == null) connection = books.connect(database);
        connection.setAutoCommit(false);
        var result = work.in(connection);
        connection.commit();
        free.push(connection);
        return result;
    }

    void run(String database, String sql, Object... values) throws SQLException {
        in(database, connection -> update(connection, sql, values));
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = bound(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    List<Object> row(String database, String sql, Object... values) throws SQLException {
        return in(database, connection -> row(connection, sql, values));
    }

    static List<Object> row(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = bound(connection, sql, values);
                var rows = statement.executeQuery()) {
            if (!rows.next()) throw new IllegalStateException("no row: " + sql);
            var row = new ArrayList<Object>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++)
                row.add(rows.getObject(column));
            return row;
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (var connections : idle.values()) {
            for (var connection : connections) connection.close();
        }
        reader.close();
        producer.close(Duration.ofSeconds(2));
    }
}
