package com.flashsale.order.payment;

import com.flashsale.order.sale.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Payments and their changes, each guarded by the states that it may start from. */
@Repository
public class Payments {

    private static final String COLUMNS =
            "id, order_id, method, amount_minor, currency, state, requested_at, charged_at, attempts, load_test";

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a payment of this order has taken the money, or may yet: then there must be no other. */
    public boolean liveFor(UUID orderId) {
        return jdbc.sql("""
                select exists (
                    select
                      from payment
                     where order_id = :order
                       and state not in ('DECLINED', 'ABANDONED'))
                """).param("order", orderId).query(Boolean.class).single();
    }

    /** Records the wish to pay; the reconciler looks after it from {@code orphanedAt} on, should its process be gone by then. */
    public void request(Payment payment, Instant orphanedAt) {
        jdbc.sql("""
                insert into payment (id, order_id, method, amount_minor, currency, state, requested_at, charged_at, next_attempt_at,
                                     load_test)
                values (:id, :order, :method, :amount, :currency, 'REQUESTED', :now, :now, :orphanedAt, :loadTest)
                """)
                .param("id", payment.id())
                .param("order", payment.orderId())
                .param("method", payment.method().wireName())
                .param("amount", payment.amount().minor())
                .param("currency", payment.amount().currency())
                .param("now", Timestamp.from(payment.requestedAt()))
                .param("orphanedAt", Timestamp.from(orphanedAt))
                .param("loadTest", payment.loadTest(), Types.VARCHAR)
                .update();
    }

    /** Moves a payment to a state that needs no more attention; false if it was not in one of the given states, that is, told twice. */
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

    /** The money was taken for nothing and must go back; the reconciler does that. */
    public boolean oweRefund(UUID id, Instant now) {
        return jdbc.sql("""
                update payment
                   set state = 'REFUND_DUE', next_attempt_at = :now, attempts = 0
                 where id = :id
                   and state in ('REQUESTED', 'UNKNOWN')
                """).param("id", id).param("now", Timestamp.from(now)).update() == 1;
    }

    /** The captured money of these orders must go back. */
    public void oweRefunds(Collection<UUID> orderIds, Instant now) {
        jdbc.sql("""
                update payment
                   set state = 'REFUND_DUE', next_attempt_at = :now, attempts = 0
                 where order_id = any (:orders::uuid[])
                   and state = 'CAPTURED'
                """)
                .param("orders", orderIds.toArray(UUID[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** The outcome of a charge is unknown: it will be looked for at the given time. True if it had been merely requested before. */
    public boolean unknown(UUID id, Instant nextAttempt) {
        return jdbc.sql("""
                update payment
                   set state = 'UNKNOWN', next_attempt_at = :next
                 where id = :id
                   and state = 'REQUESTED'
                """)
                        .param("id", id)
                        .param("next", Timestamp.from(nextAttempt))
                        .update()
                == 1;
    }

    /** Still nothing: look again at the given time. */
    public void postpone(UUID id, Instant nextAttempt) {
        jdbc.sql("""
                update payment
                   set next_attempt_at = :next
                 where id = :id
                   and next_attempt_at is not null
                """).param("id", id).param("next", Timestamp.from(nextAttempt)).update();
    }

    /** Marks that the provider is asked for the money again, if the order can still be paid; one statement decides that. */
    public boolean chargeAgain(UUID id, Instant now) {
        return jdbc.sql("""
                update payment p
                   set charged_at = :now
                  from orders o
                 where p.id = :id
                   and p.state in ('REQUESTED', 'UNKNOWN')
                   and o.id = p.order_id
                   and o.state = 'RESERVED'
                   and o.reserved_until > :now
                """).param("id", id).param("now", Timestamp.from(now)).update() == 1;
    }

    /** Takes payments that nobody looks after. They are leased, not locked: the provider is asked outside any transaction. */
    public List<Payment> takeDue(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                update payment
                   set attempts = attempts + 1, next_attempt_at = :leasedUntil
                 where id in (
                       select id
                         from payment
                        where next_attempt_at <= :now
                        order by next_attempt_at
                        limit :limit
                          for no key update skip locked)
                returning\s""" + COLUMNS)
                .param("now", Timestamp.from(now))
                .param("leasedUntil", Timestamp.from(now.plus(lease)))
                .param("limit", limit)
                .query((row, _) -> paymentOf(row))
                .list();
    }

    /**
     * @param count payments whose outcome is unknown, and refunds that are owed
     * @param oldestSeconds how long ago the first of them was requested
     */
    public record Unsettled(long count, double oldestSeconds) {}

    public Unsettled unsettled() {
        return jdbc.sql("""
                select count(*) as count, coalesce(extract(epoch from now() - min(requested_at)), 0) as oldest_seconds
                  from payment
                 where next_attempt_at is not null
                """).query(Unsettled.class).single();
    }

    private static Payment paymentOf(ResultSet row) throws SQLException {
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                Payment.Method.of(row.getString("method")).orElseThrow(),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                Payment.State.valueOf(row.getString("state")),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("charged_at").toInstant(),
                row.getInt("attempts"),
                row.getString("load_test"));
    }
}
