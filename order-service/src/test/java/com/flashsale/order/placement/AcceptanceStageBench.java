package com.flashsale.order.placement;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.order.Catalog;
import com.flashsale.order.sale.SaleCache;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.security.SignedTokens;
import com.flashsale.platform.test.InterleavedBenchmark;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.time.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Accepting orders by itself, all that {@code POST /orders} does behind its HTTP (signature, door, key, order, event,
 * group commit), against what group-committed inserts could do at best: the same rows, 256 orders to a commit, on the
 * same engine in the same minutes. By {@code ./flashsale stages}; it is no test and judges nothing.
 */
@ServiceTest
class AcceptanceStageBench {

    private static final int BATCH = 256;
    private static final int CUSTOMERS_AT_ONCE = 1_024;
    private static final int ORDERS_EACH = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlaceOrder placeOrder;

    @Autowired
    SaleCache sales;

    @Autowired
    SignedTokens tokens;

    @Autowired
    @Qualifier("outboxRelay")
    SmartLifecycle relay;

    @Test
    void acceptance_stage() throws Exception {
        var sale = knownSale();
        relay.stop(); // sending is another stage
        try (var connection = dataSource.getConnection();
                var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            new InterleavedBenchmark()
                    .add("postgresql: group-committed insert, the order's rows", sameRows(connection))
                    .add("order-service: acceptance stage", () -> accept(sale, customers))
                    .add(
                            "postgresql: group-committed insert, one row of an order",
                            InterleavedBenchmark.Rows.fewest(connection, BATCH))
                    .measure(Duration.ofSeconds(10), Duration.ofSeconds(4), 5);
        } finally {
            jdbc.sql("drop schema if exists raw cascade").update();
            jdbc.sql("truncate outbox").update();
            relay.start();
        }
    }

    private UUID knownSale() {
        var sale = UUID.randomUUID();
        Catalog.says("scheduled", Catalog.facts(sale, 1));
        Awaitility.await().atMost(PATIENCE).until(() -> sales.find(sale).isPresent());
        return sale;
    }

    /**
     * Accepts the orders. In production waitlist-service signs the admissions; here the signing is included, which
     * counts against the stage.
     */
    private long accept(UUID sale, ExecutorService customers)
            throws InterruptedException, ExecutionException, TimeoutException {
        var all = new ArrayList<Future<?>>(CUSTOMERS_AT_ONCE);
        for (int i = 0; i < CUSTOMERS_AT_ONCE; i++) all.add(customers.submit(() -> buy(sale)));
        for (var customer : all) customer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return (long) CUSTOMERS_AT_ONCE * ORDERS_EACH;
    }

    private void buy(UUID sale) {
        for (int i = 0; i < ORDERS_EACH; i++) {
            var outcome = placeOrder.place(order(sale));
            if (!(outcome instanceof PlaceOrder.Outcome.Accepted))
                throw new IllegalStateException("refused: " + outcome);
        }
    }

    private PlaceOrder.Command order(UUID sale) {
        var customer = UUID.randomUUID();
        var admission = tokens.sign(
                Admission.TYPE,
                Map.of(
                        "jti", Ids.next().toString(),
                        "sub", customer.toString(),
                        "sale", sale.toString(),
                        "units", 1,
                        "exp", Instant.now().plusSeconds(60).getEpochSecond()));
        var request = IdempotencyRequest.of(
                customer.toString(), "order", "POST", "/api/v1/orders", admission.getBytes(UTF_8));
        return new PlaceOrder.Command(sale, 1, admission, customer, request);
    }

    /**
     * The rows that an accepted order writes: key with answer, order, event; in tables of the same shape, with the same
     * indexes.
     */
    private static InterleavedBenchmark.Work sameRows(Connection connection) throws SQLException {
        return new InterleavedBenchmark.Rows(connection, BATCH, """
                drop schema if exists raw cascade;
                create schema raw;
                create table raw.idempotency_record (like idempotency_record including all);
                create table raw.orders (like orders including all);
                create table raw.outbox (like outbox including all)
                """, List.of("""
                insert into raw.idempotency_record (scope, key, fingerprint, status, location, body)
                select gen_random_uuid()::text, 'order', decode(repeat('ab', 32), 'hex'), 202, '/api/v1/orders/' || id,
                       convert_to(repeat('0123456789', 35), 'UTF8')
                  from unnest(?) as id
                """, """
                insert into raw.orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency,
                                        placed_at)
                select id, '00000000-0000-0000-0000-000000000001', gen_random_uuid(), id, 1, 8990, 'EUR', now()
                  from unnest(?) as id
                """, """
                insert into raw.outbox (id, shard, topic, key, type, subject, occurred_at, data)
                select id, 1, 'order.order', id::text, 'com.flashsale.order.order.placed.v1', id::text, now(),
                       repeat('0123456789', 30)
                  from unnest(?) as id
                """));
    }
}
