package com.flashsale.order.payment;

import com.flashsale.order.order.OrderSnapshot;
import com.flashsale.order.order.Purchase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Payments and their changes, each guarded by the states that it may start from. All times are the database's: several
 * replicas look after one payment, and their clocks need not agree.
 */
@Repository
public class Payments {

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param live whether a payment of the order has taken the money, or may yet: then there must be no other
     * @param payable whether the time to pay is not over
     */
    public record Standing(boolean live, boolean payable) {}

    /** The standing of a reserved order, in one statement and by one clock. */
    public Standing standingOf(UUID orderId) {
        return jdbc.sql("""
                select exists (select
                                 from payment
                                where order_id = o.id
                                  and state in ('REQUESTED', 'UNKNOWN', 'CAPTURED')) as live,
                       coalesce(o.payable_until, o.reserved_until) > clock_timestamp() as payable
                  from orders o
                 where o.id = :order
                """).param("order", orderId).query(Standing.class).single();
    }

    /**
     * Records the wish to pay, under the lock of the order; empty when the time to pay is over. One reading of the
     * clock decides and is recorded.
     *
     * @param orphanedAfter after this time the reconciler takes the payment over, in case its process has died
     */
    public Optional<Payment> request(UUID id, Purchase order, Payment.Method method, Duration orphanedAfter) {
        return jdbc.sql("""
                with moment as materialized (select clock_timestamp() as at)
                insert into payment (id, order_id, number, method, amount_minor, currency, state, requested_at,
                                     charged_at, next_attempt_at)
                select :id, o.id, (select coalesce(max(number), 0) + 1 from payment where order_id = o.id),
                       :method, :amount, :currency, 'REQUESTED', moment.at, moment.at,
                       moment.at + make_interval(secs => :orphanedAfter)
                  from orders o, moment
                 where o.id = :order
                   and coalesce(o.payable_until, o.reserved_until) > moment.at
                returning\s""" + PaymentRow.COLUMNS)
                .param("id", id)
                .param("order", order.id())
                .param("method", method.wireName())
                .param("amount", order.total().minor())
                .param("currency", order.total().currency())
                .param("orphanedAfter", seconds(orphanedAfter))
                .query(PaymentRow::read)
                .optional();
    }

    /**
     * Moves a payment to a state that needs no more attention; false if it was not in one of the given states, that is,
     * told twice.
     */
    public boolean settle(UUID id, Payment.State to, Payment.State... from) {
        return jdbc.sql("""
                update payment
                   set state = :to, next_attempt_at = null
                 where id = :id
                   and state = any (:from)
                """)
                        .param("id", id)
                        .param("to", to.name())
                        .param("from", Arrays.stream(from).map(Enum::name).toArray(String[]::new))
                        .update()
                == 1;
    }

    /**
     * Gives a charge up that the provider does not know. One statement checks the current row. The order must no longer
     * be payable, and the last request for the money must be at least {@code after} old.
     *
     * @param after age of the last request beyond which a charge will hardly appear any more
     * @param looks ages of the last request at which the provider is asked once more
     */
    public boolean abandon(UUID id, Duration after, List<Duration> looks) {
        return jdbc.sql("""
                update payment p
                   set state = 'ABANDONED', next_attempt_at = null, look_again_at =
                """ + NEXT_LOOK + """
                 where p.id = :id
                   and p.state in ('REQUESTED', 'UNKNOWN')
                   and p.charged_at <= clock_timestamp() - make_interval(secs => :after)
                   and not exists (select
                                     from orders o
                                    where o.id = p.order_id
                                      and o.state = 'RESERVED'
                                      and coalesce(o.payable_until, o.reserved_until) > clock_timestamp())
                """)
                        .param("id", id)
                        .param("after", seconds(after))
                        .param("looks", looks.stream().map(Payments::seconds).toArray(Double[]::new))
                        .update()
                == 1;
    }

    private static final String NEXT_LOOK = """
            (select min(p.charged_at + make_interval(secs => look))
               from unnest(:looks::float8[]) as look
              where p.charged_at + make_interval(secs => look) > clock_timestamp())
            """;

    /** The provider still does not know this abandoned charge: there is one look less to come. */
    public void lookedInVain(UUID id, List<Duration> looks) {
        jdbc.sql("update payment p set look_again_at = " + NEXT_LOOK + " where p.id = :id and p.state = 'ABANDONED'")
                .param("id", id)
                .param("looks", looks.stream().map(Payments::seconds).toArray(Double[]::new))
                .update();
    }

    /** Owes a refund of money that was taken for nothing, also by an abandoned charge; the reconciler pays it. */
    public boolean oweRefund(UUID id) {
        return jdbc.sql("""
                update payment
                   set state = 'REFUND_DUE', next_attempt_at = clock_timestamp(), look_again_at = null, attempts = 0
                 where id = :id
                   and state in ('REQUESTED', 'UNKNOWN', 'ABANDONED')
                """).param("id", id).update() == 1;
    }

    /** The captured money of these orders must go back. */
    public void oweRefunds(Collection<UUID> orderIds) {
        jdbc.sql("""
                update payment
                   set state = 'REFUND_DUE', next_attempt_at = clock_timestamp(), attempts = 0
                 where order_id = any (:orders::uuid[])
                   and state = 'CAPTURED'
                """).param("orders", orderIds.toArray(UUID[]::new)).update();
    }

    /**
     * The outcome of a charge is unknown: it will be looked for after the pause. True if it had been merely requested
     * before.
     */
    public boolean unknown(UUID id, Duration pause) {
        return jdbc.sql("""
                update payment
                   set state = 'UNKNOWN', next_attempt_at = clock_timestamp() + make_interval(secs => :pause)
                 where id = :id
                   and state = 'REQUESTED'
                """).param("id", id).param("pause", seconds(pause)).update() == 1;
    }

    /** Still nothing: look again after the pause. */
    public void postpone(UUID id, Duration pause) {
        jdbc.sql("""
                update payment
                   set next_attempt_at = clock_timestamp() + make_interval(secs => :pause)
                 where id = :id
                   and next_attempt_at is not null
                """).param("id", id).param("pause", seconds(pause)).update();
    }

    /** A paid order and the payment that took its money. */
    public record Captured(Purchase order, UUID payment) {}

    public List<Captured> capturedOf(List<UUID> orderIds) {
        return jdbc.sql("""
                select o.id, o.sale_id, o.customer_id, o.admission_id, o.quantity, o.total_minor, o.currency,
                       o.placed_at, p.id as payment_id
                  from orders o
                  join payment p on p.order_id = o.id and p.state = 'CAPTURED'
                 where o.id = any (:orders::uuid[])
                   and o.state = 'PAID'
                """)
                .param("orders", orderIds.toArray(UUID[]::new))
                .query((row, _) -> new Captured(OrderSnapshot.purchaseOf(row), row.getObject("payment_id", UUID.class)))
                .list();
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
