package com.flashsale.order.payment;

import static com.flashsale.order.payment.Payments.seconds;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Payments that need attention. They are leased by the database's clock, not locked: the provider is asked outside any
 * transaction. Payments of a purged load test are left out.
 */
@Repository
public class DuePayments {

    private static final String NOT_PURGED =
            "not exists (select from load_run where run = %s)".formatted(PaymentRow.LOAD_TEST);

    private final JdbcClient jdbc;

    DuePayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes payments whose outcome is unknown, and refunds that are owed. */
    public List<Payment> take(Duration lease, int limit) {
        return take("next_attempt_at", lease, limit);
    }

    /** Takes abandoned charges for one more look. */
    public List<Payment> takeAbandoned(Duration lease, int limit) {
        return take("look_again_at", lease, limit);
    }

    private List<Payment> take(String due, Duration lease, int limit) {
        // materialized: a sub-select may be run once for each row, and each time take others
        return jdbc.sql("""
                with due as materialized (
                       select id
                         from payment
                        where %1$s <= now()
                          and %2$s
                        order by %1$s
                        limit :limit
                          for no key update skip locked)
                update payment
                   set attempts = attempts + 1, %1$s = now() + make_interval(secs => :lease)
                  from due
                 where payment.id = due.id
                returning %3$s
                """.formatted(due, NOT_PURGED, PaymentRow.COLUMNS))
                .param("lease", seconds(lease))
                .param("limit", limit)
                .query(PaymentRow::read)
                .list();
    }

    /**
     * Marks that the provider is asked for the money again, if the order can still be paid; one statement decides that.
     */
    public boolean chargeAgain(UUID id) {
        return jdbc.sql("""
                update payment
                   set charged_at = clock_timestamp()
                  from orders o
                 where payment.id = :id
                   and payment.state in ('REQUESTED', 'UNKNOWN')
                   and not exists (select
                                     from sale
                                     join load_run on run = load_test
                                    where sale.id = o.sale_id)
                   and o.id = payment.order_id
                   and o.state = 'RESERVED'
                   and coalesce(o.payable_until, o.reserved_until) > clock_timestamp()
                """).param("id", id).update() == 1;
    }

    /**
     * @param count payments whose outcome is unknown, and refunds that are owed
     * @param oldestSeconds how long ago the first of them was requested
     */
    public record Unsettled(long count, double oldestSeconds) {}

    /** The unsettled payments of real customers. */
    public Unsettled unsettled() {
        return jdbc.sql("""
                select count(*) as count, coalesce(extract(epoch from now() - min(requested_at)), 0) as oldest_seconds
                  from payment
                 where next_attempt_at is not null
                   and\s""" + PaymentRow.LOAD_TEST + " is null")
                .query(Unsettled.class)
                .single();
    }
}
