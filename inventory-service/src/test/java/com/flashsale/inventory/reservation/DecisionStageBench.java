package com.flashsale.inventory.reservation;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Units;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.test.InterleavedBenchmark;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.time.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The decision by itself against what a batched single writer could do at best: the same rows, 256 orders to a commit,
 * on the same engine in the same minutes, with nothing read and nothing decided. By {@code ./flashsale stages}; it is
 * no test and judges nothing.
 */
@ServiceTest
class DecisionStageBench {

    private static final int BATCH = 256;
    private static final int UNITS = 100_000_000;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    DecideOrders decideOrders;

    @Autowired
    @Qualifier("outboxRelay")
    SmartLifecycle relay;

    @Test
    void decision_stage() throws Exception {
        var sale = Units.of(jdbc, Catalog.sale(UNITS));
        relay.stop(); // sending is another stage
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            var sameRows = sameRows(connection);
            var fewest = fewestRows(connection);
            new InterleavedBenchmark()
                    .add("postgresql: batched single writer, the decision's rows", sameRows)
                    .add("inventory-service: decision stage", () -> decide(sale.saleId()))
                    .add("postgresql: batched single writer, one row of an order and no event", fewest)
                    .measure(Duration.ofSeconds(10), Duration.ofSeconds(4), 5);
        } finally {
            jdbc.sql("drop schema if exists raw cascade").update();
            jdbc.sql("truncate outbox").update();
            relay.start();
        }
        sale.audit().assertBalanced();
    }

    private long decide(UUID sale) {
        var batch = Stream.generate(() -> placed(sale)).limit(BATCH).toList();
        return decideOrders.decide(batch).decisions().size();
    }

    private static DecideOrders.Command placed(UUID sale) {
        var purchase = new Purchase(new OrderId(Ids.next()), new SaleId(sale), new CustomerId(UUID.randomUUID()), 1);
        return new DecideOrders.Command(
                Ids.next(), new OrderFact.Placed(purchase, Instant.now()), WorkContext.current());
    }

    /**
     * The rows that a decision writes: message, reservation, movement, event, stock; in tables of the same shape, with
     * the same indexes.
     */
    private static InterleavedBenchmark.Work sameRows(Connection connection) throws SQLException {
        return new InterleavedBenchmark.Rows(
                        connection,
                        BATCH,
                        """
                drop schema if exists raw cascade;
                create schema raw;
                create table raw.inbox (like inbox including all);
                create table raw.reservation (like reservation including all);
                create table raw.ledger (like ledger including all);
                create table raw.outbox (like outbox including all)
                """,
                        List.of(
                                "insert into raw.inbox (consumer, message_id) select 'orders', id from unnest(?) as id",
                                """
                insert into raw.reservation (order_id, id, sale_id, customer_id, units, state, held_at, expires_at)
                select id, id, '00000000-0000-0000-0000-000000000001', gen_random_uuid(), 1, 'HELD', now(),
                       now() + interval '2 minutes'
                  from unnest(?) as id
                """,
                                """
                insert into raw.ledger (sale_id, order_id, kind, units, moved_at)
                select '00000000-0000-0000-0000-000000000001', id, 'HELD', 1, now() from unnest(?) as id
                """,
                                """
                insert into raw.outbox (id, shard, topic, key, type, subject, occurred_at, data)
                select id, 1, 'inventory.reservation', id::text, 'com.flashsale.inventory.reservation.held.v1',
                       id::text, now(), repeat('0123456789', 35)
                  from unnest(?) as id
                """))
                .taking(
                        """
                create table raw.stock (like stock including all) with (fillfactor = 50);
                insert into raw.stock
                select gen_random_uuid(), 1000000000, 0, 0, 1, 1, 2, 120000, now(), now(), null
                """,
                        "update raw.stock set reserved = reserved + " + BATCH
                                + ", version = version + 1 where allotted - reserved >= " + BATCH);
    }

    /** The fewest rows that can be called selling: an order, and the stock. */
    private static InterleavedBenchmark.Work fewestRows(Connection connection) throws SQLException {
        return InterleavedBenchmark.Rows.fewest(connection, BATCH)
                .taking(
                        """
                create table raw.few_stock (id int primary key, allotted int not null, reserved int not null);
                insert into raw.few_stock values (0, 1000000000, 0)
                """,
                        "update raw.few_stock set reserved = reserved + " + BATCH
                                + " where id = 0 and allotted - reserved >= " + BATCH);
    }
}
