package com.flashsale.order.placement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.order.checkout.CheckoutTestAccess;
import com.flashsale.order.order.Purchase;
import com.flashsale.order.sale.Money;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.test.EmptyServiceTest;
import com.flashsale.platform.test.Race;
import com.flashsale.platform.test.RowsRead;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A sale begins with empty tables, and the plans that are made on them are kept: they must be right for full ones too.
 */
@EmptyServiceTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrderPlansIT {

    private static final int FIRST_BATCHES = 12;
    private static final int FEW = 4;
    private static final int EARLIER_ORDERS = 4_000;
    private static final int MEASURED = 64;
    private static final int ROWS_EACH = 8;

    private static final int WAITING_EVENTS = 20_000;

    /**
     * To be sent, to be deleted, and dead at the beginning of the next batches: 6. All that wait, for each batch, would
     * be 20.
     */
    private static final int ROWS_EACH_EVENT = 12;

    private static final String TOPIC = "plans";
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    OrderBatches batches;

    @Autowired
    VoidAdmissions voidAdmissions;

    @Autowired
    BeanFactory service;

    @Autowired
    @Qualifier("outboxRelay")
    SmartLifecycle relay;

    @Test
    @Order(1)
    void the_rows_that_an_order_reads_do_not_grow_with_the_orders_before_it() throws Exception {
        var rows = RowsRead.of(dataSource);
        for (int i = 0; i < FIRST_BATCHES; i++) sell(FEW);
        earlierOrders();
        awaitSent();
        relay.stop(); // how often it looks while these come is the machine's pace; sending is measured below

        rows.assertAtMost(ROWS_EACH, MEASURED, () -> sell(MEASURED));
        relay.start();
    }

    /** After the first batches: the relay has its plans. */
    @Test
    @Order(2)
    void the_cost_of_an_event_for_the_relay_does_not_grow_with_the_events_behind_it() throws Exception {
        TestKafka.create(TOPIC);
        var rows = RowsRead.of(dataSource);

        rows.assertAtMost(ROWS_EACH_EVENT, WAITING_EVENTS, () -> {
            waitingEvents();
            awaitSent();
            relay.stop(); // gives its connection back, with the figures
        });
        relay.start();
    }

    /** Placed, reserved, one half paid and the other expired; and as many admissions taken back. */
    private void sell(int orders) {
        var placed = Stream.generate(OrderPlansIT::purchase).limit(orders).toList();
        var answers = Race.allAtOnce(placed.stream()
                .map(each -> (Callable<PlaceOrder.Outcome>) () -> batches.submit(placement(each)))
                .toList());
        assertThat(answers).allMatch(PlaceOrder.Outcome.Accepted.class::isInstance);
        CheckoutTestAccess.held(service, placed);
        placed.subList(0, orders / 2).forEach(each -> CheckoutTestAccess.paid(service, each));
        CheckoutTestAccess.expired(service, placed.subList(orders / 2, orders));
        voidAdmissions.withdrawn(placed.stream().map(OrderPlansIT::withdrawn).toList());
    }

    private static Purchase purchase() {
        return new Purchase(
                Ids.next(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                new Money(8990, "EUR"),
                Instant.now());
    }

    private static Placement placement(Purchase purchase) {
        var body = purchase.id().toString().getBytes(UTF_8);
        return new Placement(
                purchase,
                IdempotencyRequest.of(purchase.customerId().toString(), "order", "POST", "/api/v1/orders", body),
                new StoredResponse(202, "/api/v1/orders/" + purchase.id(), body),
                WorkContext.NONE);
    }

    /** Every second one had been used. */
    private static AdmissionWithdrawn withdrawn(Purchase purchase) {
        var admission = purchase.id().hashCode() % 2 == 0 ? purchase.admissionId() : UUID.randomUUID();
        return new AdmissionWithdrawn(
                admission, purchase.saleId(), Instant.now().plusSeconds(60));
    }

    /** As if they had been sold on other connections, whose plans are their own matter. */
    private void earlierOrders() {
        var statements = new ArrayList<String>(List.of("""
                insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, state,
                                    reserved_until, placed_at)
                select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 8990, 'EUR',
                       'RESERVED', now(), now()
                  from generate_series(1, :orders)
                """, """
                insert into idempotency_record (scope, key, fingerprint, status, body)
                select gen_random_uuid()::text, 'order', '', 202, '' from generate_series(1, :orders)
                """, """
                insert into voided_admission (admission_id, expires_at)
                select gen_random_uuid(), now() from generate_series(1, :orders)
                """, """
                insert into inbox (consumer, message_id)
                select 'checkout', gen_random_uuid() from generate_series(1, :orders)
                """, """
                insert into payment (id, order_id, method, amount_minor, currency, state, requested_at, charged_at)
                select gen_random_uuid(), id, 'test-approve', 8990, 'EUR', 'CAPTURED', now(), now()
                  from orders
                 where state = 'RESERVED'
                 limit :orders
                """));
        statements.forEach(
                each -> jdbc.sql(each).param("orders", EARLIER_ORDERS).update());
    }

    private void waitingEvents() {
        jdbc.sql("""
                insert into outbox (id, shard, topic, key, type, subject, occurred_at, data)
                select gen_random_uuid(), n % 8, :topic, n::text, 'com.flashsale.order.plan.v1', n::text, now(), '{}'
                  from generate_series(1, :events) as n
                """).param("topic", TOPIC).param("events", WAITING_EVENTS).update();
    }

    private void awaitSent() {
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> {
            otherCommit();
            return jdbc.sql("select not exists (select from outbox)")
                    .query(Boolean.class)
                    .single();
        });
    }

    /**
     * An index forgets deleted rows when the relay's deletes are on the disk. The next commit that waits for the disk
     * takes them there; without one, the log's writer does, five times a second.
     */
    private void otherCommit() {
        jdbc.sql("select pg_logical_emit_message(true, 'orders', '')")
                .query(String.class)
                .single();
    }
}
