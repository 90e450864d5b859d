package com.flashsale.order.order;

import static com.flashsale.platform.sql.Columns.instants;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.order.order.Order.CancellationReason;
import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.order.Order.RefusalReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Every change of an order's state: one statement each, guarded by the state that it starts from. A fact that comes
 * twice, late or in the wrong order finds another state and changes nothing.
 */
@Repository
public class OrderTransitions {

    private static final String RETURNING = """
            returning o.id, o.sale_id, o.customer_id, o.admission_id, o.quantity, o.total_minor, o.currency,
                      o.state, o.reason, o.reserved_until, o.placed_at
            """;

    private final JdbcClient jdbc;

    OrderTransitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Units that are set aside, by inventory's clock.
     *
     * @param since null if inventory does not tell it
     */
    public record Hold(@Nullable Instant since, Instant until) {}

    /**
     * Placed -> Reserved; returns those that moved. Inventory's clock may be behind ours: then the order can be paid
     * for as long as its units are held, counted from now. Inventory has the last word on a payment in any case.
     */
    public List<Order> reserve(Map<UUID, Hold> holdByOrder) {
        var entries = List.copyOf(holdByOrder.entrySet());
        return jdbc.sql("""
                update orders o
                   set state = 'RESERVED',
                       reserved_until = held.until,
                       payable_until = greatest(held.until, now() + (held.until - held.since)),
                       version = o.version + 1
                  from unnest(:ids::uuid[], :since::timestamptz[], :until::timestamptz[]) as held (id, since, until)
                 where o.id = held.id
                   and o.state = 'PLACED'
                """ + RETURNING)
                .param("ids", uuids(entries, Map.Entry::getKey))
                .param("since", instants(entries, entry -> entry.getValue().since()))
                .param("until", instants(entries, entry -> entry.getValue().until()))
                .query((row, _) -> OrderSnapshot.orderOf(row))
                .list();
    }

    /** Placed -> Refused. */
    public List<Order> refuse(Map<UUID, RefusalReason> reasonByOrder) {
        var entries = List.copyOf(reasonByOrder.entrySet());
        return jdbc.sql("""
                update orders o
                   set state = 'REFUSED', reason = refused.reason, version = o.version + 1
                  from unnest(:ids::uuid[], :reasons::text[]) as refused (id, reason)
                 where o.id = refused.id
                   and o.state = 'PLACED'
                """ + RETURNING)
                .param("ids", uuids(entries, Map.Entry::getKey))
                .param("reasons", texts(entries, entry -> entry.getValue().name()))
                .query((row, _) -> OrderSnapshot.orderOf(row))
                .list();
    }

    /** Reserved -> Paid; empty if the order is no longer reserved. */
    public Optional<Order> pay(UUID id) {
        return jdbc.sql("""
                update orders o
                   set state = 'PAID', version = o.version + 1
                 where o.id = :id
                   and o.state = 'RESERVED'
                """ + RETURNING)
                .param("id", id)
                .query((row, _) -> OrderSnapshot.orderOf(row))
                .optional();
    }

    /**
     * Placed or Reserved -> Cancelled, because the hold has expired. A paid order stays: inventory-service tells
     * whether its unit was still there.
     */
    public List<Cancelled> expire(List<UUID> ids) {
        return jdbc.sql("""
                update orders o
                   set state = 'CANCELLED',
                       reason = case (select state
                                        from payment
                                       where order_id = o.id
                                       order by number desc, id desc
                                       limit 1)
                                    when 'DECLINED' then 'PAYMENT_DECLINED'
                                    else 'EXPIRED'
                                end,
                       version = o.version + 1
                 where o.id = any (:ids::uuid[])
                   and o.state in ('PLACED', 'RESERVED')
                """ + RETURNING)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> cancelled(row))
                .list();
    }

    /** Paid -> Cancelled: the payment came too late and no unit was left. */
    public List<Cancelled> undoPaid(List<UUID> ids) {
        return jdbc.sql("""
                update orders o
                   set state = 'CANCELLED', reason = 'EXPIRED', version = o.version + 1
                 where o.id = any (:ids::uuid[])
                   and o.state = 'PAID'
                """ + RETURNING)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> cancelled(row))
                .list();
    }

    /** Placed or Reserved -> Cancelled, by its owner only. */
    public Optional<Cancelled> cancel(UUID id, UUID customer) {
        return jdbc.sql("""
                update orders o
                   set state = 'CANCELLED', reason = :reason, version = o.version + 1
                 where o.id = :id
                   and o.customer_id = :customer
                   and o.state in ('PLACED', 'RESERVED')
                """ + RETURNING)
                .param("id", id)
                .param("customer", customer)
                .param("reason", CancellationReason.BY_CUSTOMER.name())
                .query((row, _) -> cancelled(row))
                .optional();
    }

    /** The order looks different to its owner though its state is the same: its payment moved. */
    public void paymentMoved(UUID id) {
        jdbc.sql("update orders set version = version + 1 where id = :id")
                .param("id", id)
                .update();
    }

    private static Cancelled cancelled(ResultSet row) throws SQLException {
        return (Cancelled) OrderSnapshot.orderOf(row);
    }
}
