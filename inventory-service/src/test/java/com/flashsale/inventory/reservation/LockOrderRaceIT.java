package com.flashsale.inventory.reservation;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.StockSampler;
import com.flashsale.inventory.Units;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.test.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Consumers and expiry on the same sales at once: more writers than any assignment of partitions allows. None may be a
 * deadlock's victim.
 */
@ServiceTest
class LockOrderRaceIT {

    private static final int ROUNDS = 40;
    private static final int BATCH = 60;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    DecideOrders decideOrders;

    @Autowired
    ExpireReservations expireReservations;

    @Test
    void consumers_and_expiry_wait_for_each_other_but_never_in_a_circle() {
        var sales = IntStream.range(0, 4)
                .mapToObj(_ -> Units.of(jdbc, Catalog.sale(200)))
                .toList();
        var ids = sales.stream().map(Units::saleId).toArray(UUID[]::new);
        try (var _ = StockSampler.on(dataSource, ids)) {
            allAtOnce(List.<Callable<Integer>>of(
                    () -> consume(ids, 1), () -> consume(ids, 2), () -> expire(ids), () -> expire(ids)));
        }
        sales.forEach(sale -> sale.audit().assertBalanced());
        assertThat(count("EXPIRED", ids)).isPositive();
        assertThat(count("CONFIRMED", ids)).isPositive();
    }

    /** Batches over all sales in any order: placed, and news of orders that were placed before. */
    private int consume(UUID[] sales, int seed) {
        var random = new Random(seed);
        var placed = new ArrayList<Purchase>();
        for (int round = 0; round < ROUNDS; round++) {
            var facts = new ArrayList<OrderFact>();
            for (int i = 0; i < BATCH; i++) {
                placed.add(purchaseIn(sales[random.nextInt(sales.length)]));
                facts.add(new OrderFact.Placed(placed.getLast(), Instant.now()));
                var earlier = placed.get(random.nextInt(placed.size()));
                facts.add(random.nextBoolean() ? new OrderFact.Paid(earlier) : new OrderFact.Cancelled(earlier));
            }
            Collections.shuffle(facts, random);
            decideOrders.decide(facts.stream()
                    .map(fact -> new DecideOrders.Command(UUID.randomUUID(), fact, WorkContext.NONE))
                    .toList());
        }
        return placed.size();
    }

    private int expire(UUID[] sales) {
        var expired = 0;
        for (int round = 0; round < ROUNDS; round++) {
            letTimePassIn(sales);
            expired += expireReservations
                    .expire(expireReservations.salesWithDue(List.of()))
                    .size();
        }
        return expired;
    }

    /** Under the lock of the sales, like every other change. */
    private void letTimePassIn(UUID[] sales) {
        jdbc.sql("""
                with locked as (select sale_id from stock where sale_id = any(:sales) order by sale_id for update)
                update reservation
                   set held_at = now() - interval '1 hour', expires_at = now() - interval '6 s'
                  from locked
                 where reservation.sale_id = locked.sale_id and state = 'HELD'
                """).param("sales", sales).update();
    }

    private long count(String kind, UUID[] sales) {
        return jdbc.sql("select count(*) from ledger where sale_id = any(:sales) and kind = :kind")
                .param("sales", sales)
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    private static Purchase purchaseIn(UUID sale) {
        return new Purchase(new OrderId(UUID.randomUUID()), new SaleId(sale), new CustomerId(UUID.randomUUID()), 1);
    }
}
