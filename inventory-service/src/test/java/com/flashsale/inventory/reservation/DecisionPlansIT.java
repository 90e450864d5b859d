package com.flashsale.inventory.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.test.EmptyServiceTest;
import com.flashsale.platform.test.RowsRead;
import com.flashsale.platform.time.Ids;
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
 * A sale begins with empty tables, and the plans that are made on them are kept: they must be right for full ones too.
 */
@EmptyServiceTest
class DecisionPlansIT {

    private static final int FIRST_BATCHES = 12;
    private static final int FEW = 4;
    private static final int LATER_BATCHES = 8;
    private static final int MANY = 512;
    private static final int MEASURED = 64;

    private static final int ROWS_EACH = 8;

    private final SaleId sale = new SaleId(UUID.randomUUID());

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    DecideOrders decideOrders;

    @Autowired
    ExpireReservations expireReservations;

    @Autowired
    @Qualifier("outboxRelay")
    SmartLifecycle relay;

    @Test
    void the_rows_that_a_decision_reads_do_not_grow_with_earlier_decisions() throws Exception {
        relay.stop(); // sending is another matter, and so is a queue that is not sent
        var rows = RowsRead.of(dataSource);
        anOpenSale();
        for (int i = 0; i < FIRST_BATCHES; i++) sell(FEW);
        for (int i = 0; i < LATER_BATCHES; i++) sell(MANY);
        jdbc.sql("truncate outbox").update();

        var orders = purchases(MEASURED);
        rows.assertAtMost(ROWS_EACH, MEASURED, () -> place(orders));
        rows.assertAtMost(ROWS_EACH, MEASURED, () -> settle(orders));
        timeIsUp(orders);
        rows.assertAtMost(ROWS_EACH, MEASURED, this::expire);
    }

    private void anOpenSale() {
        jdbc.sql("""
                insert into stock (sale_id, allotted, reserved, sold, version, terms_version, purchase_limit,
                                   hold_millis, opens_at, closes_at)
                values (:sale, 1000000, 0, 0, 1, 1, 1, 120000, now(), now() + interval '1 hour')
                """).param("sale", sale.value()).update();
    }

    /** A quarter each is paid, cancelled, expired, and still held. */
    private void sell(int number) {
        var orders = purchases(number);
        place(orders);
        settle(orders);
        timeIsUp(orders);
        expire();
    }

    private void place(List<Purchase> orders) {
        decide(orders.stream().map(each -> new OrderFact.Placed(each, Instant.now())));
    }

    private void settle(List<Purchase> orders) {
        var quarter = orders.size() / 4;
        decide(Stream.concat(
                orders.subList(0, quarter).stream().map(OrderFact.Paid::new),
                orders.subList(quarter, 2 * quarter).stream().map(OrderFact.Cancelled::new)));
    }

    private void decide(Stream<? extends OrderFact> facts) {
        var batch = facts.map(fact -> new DecideOrders.Command(Ids.next(), fact, WorkContext.NONE))
                .toList();
        assertThat(decideOrders.decide(batch).decisions()).hasSameSizeAs(batch);
    }

    private void timeIsUp(List<Purchase> orders) {
        jdbc.sql("""
                update reservation
                   set held_at = now() - interval '1 hour', expires_at = now() - interval '10 s'
                 where order_id = any(:orders)
                """)
                .param(
                        "orders",
                        orders.subList(orders.size() / 2, orders.size() * 3 / 4).stream()
                                .map(each -> each.order().value())
                                .toArray(UUID[]::new))
                .update();
    }

    /** The job that does the same in the background may be faster: then it is its reading that counts. */
    private void expire() {
        expireReservations.expire(expireReservations.salesWithDue(List.of()));
    }

    private List<Purchase> purchases(int number) {
        return Stream.generate(() -> new Purchase(new OrderId(Ids.next()), sale, new CustomerId(UUID.randomUUID()), 1))
                .limit(number)
                .toList();
    }
}
