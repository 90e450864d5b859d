package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.Units.awaitTold;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Orders;
import com.flashsale.inventory.Orders.Order;
import com.flashsale.inventory.Units;
import com.flashsale.platform.test.ServiceTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The job itself runs in the background all the time, as in production. */
@ServiceTest
class ExpireReservationsIT {

    private static final int AFTER_THE_GRACE = 6;
    private static final int IN_THE_GRACE = 2;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ExpireReservations expireReservations;

    @Test
    void unpaid_units_go_to_the_next_customer() {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var first = orders.place(1);
        awaitTold(first, "held");
        sale.holdEnded(first, AFTER_THE_GRACE);

        awaitTold(first, "held", "expired");
        awaitTold(orders.place(1), "held");
        sale.awaitUnits(1, 0);
    }

    @Test
    void a_payment_that_arrives_in_the_grace_still_wins() {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var order = orders.place(1);
        awaitTold(order, "held");
        sale.holdEnded(order, IN_THE_GRACE);
        expireReservations.expire(expireReservations.salesWithDue(List.of()));
        orders.pay(order);

        awaitTold(order, "held", "confirmed");
        sale.awaitUnits(0, 1);
    }

    @Test
    void a_payment_after_expiry_takes_a_free_unit_again() {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var order = expired(sale, orders);
        orders.pay(order);

        awaitTold(order, "held", "expired", "confirmed");
        sale.awaitUnits(0, 1);
    }

    @Test
    void a_payment_after_expiry_is_refused_when_the_unit_went_to_another_customer() {
        var sale = Units.of(jdbc, Catalog.sale(1));
        var orders = new Orders(sale.saleId());
        var order = expired(sale, orders);
        var next = orders.place(1);
        orders.pay(order);

        awaitTold(order, "held", "expired", "confirmation-refused");
        awaitTold(next, "held");
        sale.awaitUnits(1, 0);
    }

    @Test
    void a_cancellation_after_expiry_releases_nothing_more() {
        var sale = Units.of(jdbc, Catalog.sale(3));
        var orders = new Orders(sale.saleId());
        var order = expired(sale, orders);
        orders.cancel(order);
        orders.awaitDecided();

        awaitTold(order, "held", "expired");
        sale.awaitUnits(0, 0);
    }

    @Test
    void many_replicas_release_each_unit_once() {
        var sale = Units.of(jdbc, Catalog.sale(500));
        var orders = new Orders(sale.saleId());
        var placed = IntStream.range(0, 450).mapToObj(_ -> orders.place(1)).toList();
        sale.awaitUnits(450, 0);
        jdbc.sql("""
                update reservation
                   set held_at = now() - interval '1 hour', expires_at = now() - interval '6 s'
                 where sale_id = :sale
                """).param("sale", sale.saleId()).update();

        var expired = allAtOnce(4, (Callable<Integer>) this::expireAll);
        sale.awaitUnits(0, 0);
        assertThat(expired.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(450);
        assertThat(ledgerLines(sale.saleId(), "EXPIRED")).isEqualTo(450);
        placed.forEach(order -> awaitTold(order, "held", "expired"));
    }

    private int expireAll() {
        var all = 0;
        List<Decision> batch;
        do {
            batch = expireReservations.expire(expireReservations.salesWithDue(List.of()));
            all += batch.size();
        } while (!batch.isEmpty());
        return all;
    }

    private long ledgerLines(UUID sale, String kind) {
        return jdbc.sql("select count(*) from ledger where sale_id = :sale and kind = :kind")
                .param("sale", sale)
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    private static Order expired(Units sale, Orders orders) {
        var order = orders.place(1);
        awaitTold(order, "held");
        sale.holdEnded(order, AFTER_THE_GRACE);
        awaitTold(order, "held", "expired");
        return order;
    }

    @Test
    void a_sale_whose_holds_cannot_be_ended_keeps_no_other_sale_waiting_and_is_tried_again() {
        var broken = Units.of(jdbc, Catalog.sale(2));
        var well = Units.of(jdbc, Catalog.sale(1));
        var stuck = new Orders(broken.saleId()).place(1);
        var other = new Orders(well.saleId()).place(1);
        awaitTold(stuck, "held");
        awaitTold(other, "held");
        // as a bug, or a hand at the tables, might leave it: nothing is reserved, so nothing can be put back
        jdbc.sql("update stock set reserved = 0 where sale_id = ?")
                .param(broken.saleId())
                .update();
        broken.holdEnded(stuck, AFTER_THE_GRACE + 60);
        well.holdEnded(other, AFTER_THE_GRACE);

        awaitTold(other, "held", "expired");
        assertThat(broken.stateOf(stuck)).isEqualTo("HELD");
        jdbc.sql("update stock set reserved = 1 where sale_id = ?")
                .param(broken.saleId())
                .update();
        awaitTold(stuck, "held", "expired");
    }

    @Test
    void holds_without_their_sale_however_many_delay_no_other_sale() {
        var gone = UUID.randomUUID();
        jdbc.sql("""
                insert into reservation (order_id, id, sale_id, customer_id, units, state, held_at, expires_at)
                select gen_random_uuid(), gen_random_uuid(), :gone, gen_random_uuid(), 1, 'HELD',
                       now() - interval '2 days', now() - interval '1 day'
                  from generate_series(1, 300)
                """).param("gone", gone).update();
        try {
            var sale = Units.of(jdbc, Catalog.sale(1));
            var order = new Orders(sale.saleId()).place(1);
            awaitTold(order, "held");
            sale.holdEnded(order, AFTER_THE_GRACE);
            awaitTold(order, "held", "expired");
        } finally {
            jdbc.sql("delete from reservation where sale_id = :gone")
                    .param("gone", gone)
                    .update();
        }
    }
}
