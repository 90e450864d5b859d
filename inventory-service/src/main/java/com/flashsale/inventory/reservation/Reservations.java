package com.flashsale.inventory.reservation;

import static com.flashsale.platform.sql.Columns.instants;
import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.inventory.reservation.ReservationBook.Change;
import com.flashsale.inventory.stock.SaleId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reservation rows. A writer holds the lock of the sale's stock row. */
@Repository
class Reservations {

    private final JdbcClient jdbc;

    Reservations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All rows that a decision needs: the reservations of these orders, and those that their customers hold or own in
     * the sale.
     */
    List<Reservation> concerning(Collection<Purchase> purchases) {
        return jdbc.sql("""
                select order_id, id, sale_id, customer_id, units, state, held_at, expires_at, settled_at
                  from reservation
                 where order_id = any(:orders)
                union
                select order_id, id, sale_id, customer_id, units, state, held_at, expires_at, settled_at
                  from unnest(:sales, :customers) as buyer (of_sale, of_customer)
                 cross join lateral (select *
                                       from reservation
                                      where sale_id = of_sale
                                        and customer_id = of_customer
                                        and state in ('HELD', 'CONFIRMED')
                                     -- a fence: a plain join, planned on an empty table, reads all for each batch
                                     offset 0) as theirs
                """)
                .param("orders", uuids(purchases, purchase -> purchase.order().value()))
                .param("sales", uuids(purchases, purchase -> purchase.sale().value()))
                .param(
                        "customers",
                        uuids(purchases, purchase -> purchase.customer().value()))
                .query(ReservationRow::read)
                .list();
    }

    /**
     * Sales with reservations whose time was up, by the database's clock, {@code grace} ago. A reservation without a
     * sale, left by a batch that overtook a purge, is passed over, so that it cannot fill the batch.
     *
     * @param aside sales that are left out for now
     */
    List<SaleId> salesWithDue(ExpirySettings expiry, Collection<SaleId> aside) {
        return jdbc.sql("""
                select distinct sale_id
                  from (select sale_id
                          from reservation
                         where state = 'HELD'
                           and expires_at <= now() - make_interval(secs => :grace)
                           and (sale_id = any(:aside)) is not true
                           and exists (select from stock where stock.sale_id = reservation.sale_id)
                         order by expires_at
                         limit :batch) due
                """)
                .param("grace", expiry.graceSeconds())
                .param("aside", uuids(aside, SaleId::value))
                .param("batch", expiry.batch())
                .query((row, _) -> new SaleId(row.getObject("sale_id", UUID.class)))
                .list();
    }

    /**
     * The longest overdue reservations of sales that the caller has locked. Rows that another transaction settles
     * meanwhile are left to it.
     */
    List<Reservation.Held> due(Collection<SaleId> sales, ExpirySettings expiry) {
        return jdbc
                .sql("""
                select order_id, id, sale_id, customer_id, units, state, held_at, expires_at, settled_at
                  from reservation
                 where state = 'HELD'
                   and expires_at <= now() - make_interval(secs => :grace)
                   -- a fence: an index by sale, chosen on an empty table, has all that is held
                   and (sale_id = any(:sales)) is true
                 order by expires_at
                 limit :batch
                   for update skip locked
                """)
                .param("grace", expiry.graceSeconds())
                .param("sales", uuids(sales, SaleId::value))
                .param("batch", expiry.batch())
                .query(ReservationRow::read)
                .list()
                .stream()
                .map(Reservation::held)
                .toList();
    }

    void insert(List<Reservation> created) {
        if (created.isEmpty()) return;
        jdbc.sql("""
                insert into reservation (order_id, id, sale_id, customer_id, units, state,
                                         held_at, expires_at, settled_at)
                select order_id, id, sale_id, customer_id, units, state, held_at, expires_at, settled_at
                  from unnest(:orders, :ids, :sales, :customers, :units, :states,
                              :helds, :expiries, :settleds)
                    as created (order_id, id, sale_id, customer_id, units, state,
                                held_at, expires_at, settled_at)
                """)
                .param("orders", uuids(created, each -> each.purchase().order().value()))
                .param("ids", uuids(created, each -> each.id().value()))
                .param("sales", uuids(created, each -> each.purchase().sale().value()))
                .param(
                        "customers",
                        uuids(created, each -> each.purchase().customer().value()))
                .param("units", ints(created, each -> each.purchase().units()))
                .param("states", texts(created, ReservationRow::state))
                .param("helds", instants(created, each -> each.held().heldAt()))
                .param("expiries", instants(created, each -> each.held().expiresAt()))
                .param("settleds", instants(created, ReservationRow::settledAt))
                .update();
    }

    /**
     * Moves each reservation only from the state that the decision has seen. One row less means that a writer did not
     * hold the lock.
     */
    void settle(List<Change> changes) {
        if (changes.isEmpty()) return;
        int written = jdbc.sql("""
                update reservation
                   set state = change.state,
                       settled_at = change.settled_at
                  from unnest(:orders, :states, :states_before, :settleds)
                    as change (order_id, state, state_before, settled_at)
                 where reservation.order_id = change.order_id
                   and reservation.state = change.state_before
                """)
                .param(
                        "orders",
                        uuids(changes, change -> change.to().purchase().order().value()))
                .param("states", texts(changes, change -> ReservationRow.state(change.to())))
                .param("states_before", texts(changes, change -> ReservationRow.state(change.from())))
                .param("settleds", instants(changes, change -> ReservationRow.settledAt(change.to())))
                .update();
        if (written != changes.size()) {
            throw new IllegalStateException("%d of %d reservations had changed without the lock of their stock"
                    .formatted(changes.size() - written, changes.size()));
        }
    }
}
