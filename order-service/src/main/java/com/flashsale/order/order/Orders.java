package com.flashsale.order.order;

import static com.flashsale.platform.sql.Columns.instants;
import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Placing orders and reading them. A read for a customer has the customer in the statement's predicate. */
@Repository
public class Orders {

    private static final String SNAPSHOT = """
            select o.id, o.sale_id, o.customer_id, o.admission_id, o.quantity, o.total_minor, o.currency,
                   o.state, o.reason, o.reserved_until, o.placed_at, o.version,
                   p.id as payment_id, p.state as payment_state
              from orders o
              left join lateral (
                       select id, state
                         from payment
                        where order_id = o.id
                        order by number desc, id desc
                        limit 1) p on true
            """;

    private static final String LOCKABLE = """
            select id, sale_id, customer_id, admission_id, quantity, total_minor, currency,
                   state, reason, reserved_until, placed_at
              from orders
            """;

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Places orders, many in one statement, and returns the ids of those that are placed: an admission that was used or
     * voided before places nothing. The rows go in the order of the admissions, so that two replicas never wait for
     * each other in a circle.
     */
    public Set<UUID> place(Collection<Purchase> purchases) {
        var rows = purchases.stream()
                .sorted((one, other) -> one.admissionId().compareTo(other.admissionId()))
                .toList();
        return new HashSet<>(jdbc.sql("""
                insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, placed_at)
                select id, sale_id, customer_id, admission_id, quantity, total_minor, currency, placed_at
                  from unnest(:ids::uuid[], :sales::uuid[], :customers::uuid[], :admissions::uuid[], :quantities::int[],
                              :totals::bigint[], :currencies::text[], :placedAt::timestamptz[])
                       as placed (id, sale_id, customer_id, admission_id, quantity, total_minor, currency, placed_at)
                 where not exists (select 1
                                     from voided_admission
                                    where voided_admission.admission_id = placed.admission_id)
                on conflict (admission_id) do nothing
                returning id
                """)
                .param("ids", uuids(rows, Purchase::id))
                .param("sales", uuids(rows, Purchase::saleId))
                .param("customers", uuids(rows, Purchase::customerId))
                .param("admissions", uuids(rows, Purchase::admissionId))
                .param("quantities", ints(rows, Purchase::quantity))
                .param("totals", longs(rows, row -> row.total().minor()))
                .param("currencies", texts(rows, row -> row.total().currency()))
                .param("placedAt", instants(rows, Purchase::placedAt))
                .query(UUID.class)
                .list());
    }

    public Optional<OrderSnapshot> find(UUID id, UUID customer) {
        return jdbc.sql(SNAPSHOT + " where o.id = :id and o.customer_id = :customer")
                .param("id", id)
                .param("customer", customer)
                .query((row, _) -> OrderSnapshot.of(row))
                .optional();
    }

    /** A page of a customer's orders, the newest first; ids grow with time, so the last id is the cursor. */
    List<OrderSnapshot> list(UUID customer, @Nullable UUID before, int limit) {
        var page = jdbc.sql(SNAPSHOT
                + (before == null
                        ? " where o.customer_id = :customer"
                        : " where o.customer_id = :customer and o.id < :before")
                + " order by o.id desc limit :limit");
        if (before != null) page = page.param("before", before);
        return page.param("customer", customer)
                .param("limit", limit)
                .query((row, _) -> OrderSnapshot.of(row))
                .list();
    }

    /** Those of the given orders that have gone past the given version. */
    List<OrderSnapshot> changed(Map<UUID, Integer> seen) {
        var entries = List.copyOf(seen.entrySet());
        return jdbc.sql(SNAPSHOT + """
                  join unnest(:ids::uuid[], :versions::int[]) as seen (id, version) on seen.id = o.id
                 where o.version > seen.version
                """)
                .param("ids", uuids(entries, Map.Entry::getKey))
                .param("versions", ints(entries, Map.Entry::getValue))
                .query((row, _) -> OrderSnapshot.of(row))
                .list();
    }

    /**
     * The order, locked until the transaction ends. A transaction that changes an order and its payment locks the order
     * first: one order of locks everywhere rules out deadlocks.
     */
    public Optional<Order> lock(UUID id) {
        return jdbc.sql(LOCKABLE + " where id = :id for no key update")
                .param("id", id)
                .query((row, _) -> OrderSnapshot.orderOf(row))
                .optional();
    }

    /** The same for the owner of the order. */
    public Optional<Order> lock(UUID id, UUID customer) {
        return jdbc.sql(LOCKABLE + " where id = :id and customer_id = :customer for no key update")
                .param("id", id)
                .param("customer", customer)
                .query((row, _) -> OrderSnapshot.orderOf(row))
                .optional();
    }
}
