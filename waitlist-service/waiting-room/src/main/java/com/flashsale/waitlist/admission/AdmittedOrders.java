package com.flashsale.waitlist.admission;

import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.AdmissionNews.UnitsSettled;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Joins the two facts about an order: its placement with an admission, and the decision of inventory. They come on two
 * topics, in any order and perhaps at once on two replicas. Both write the same row, so the later one sees the earlier
 * one.
 */
@Repository
class AdmittedOrders {

    private final JdbcClient jdbc;

    AdmittedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void placed(Collection<OrderPlaced> orders) {
        jdbc.sql("""
                insert into admitted_order (order_id, admission_id, sale_id, customer_id, units)
                select order_id, admission_id, sale_id, customer_id, units
                  from unnest(:orders, :admissions, :sales, :customers, :units)
                    as placed (order_id, admission_id, sale_id, customer_id, units)
                 order by order_id
                on conflict (order_id) do update
                   set admission_id = excluded.admission_id,
                       sale_id = coalesce(admitted_order.sale_id, excluded.sale_id),
                       customer_id = coalesce(admitted_order.customer_id, excluded.customer_id),
                       units = coalesce(admitted_order.units, excluded.units)
                """)
                .param("orders", uuids(orders, OrderPlaced::orderId))
                .param("admissions", uuids(orders, OrderPlaced::admissionId))
                .param("sales", uuids(orders, OrderPlaced::saleId))
                .param("customers", uuids(orders, OrderPlaced::customerId))
                .param("units", longs(orders, order -> units(order.quantity())))
                .update();
    }

    void decided(Collection<OrderDecided> orders) {
        jdbc.sql("""
                insert into admitted_order (order_id, decided, refused, sale_id, customer_id, units, stage)
                select order_id, true, refused, sale_id, customer_id, units,
                       case when refused is null then 1 else 2 end
                  from unnest(:orders, :refusals, :sales, :customers, :units)
                    as told (order_id, refused, sale_id, customer_id, units)
                 order by order_id
                on conflict (order_id) do update
                   set decided = true,
                       refused = coalesce(admitted_order.refused, excluded.refused),
                       sale_id = coalesce(admitted_order.sale_id, excluded.sale_id),
                       customer_id = coalesce(admitted_order.customer_id, excluded.customer_id),
                       units = coalesce(admitted_order.units, excluded.units),
                       stage = greatest(admitted_order.stage, excluded.stage)
                """)
                .param("orders", uuids(orders, OrderDecided::orderId))
                .param("refusals", texts(orders, OrderDecided::reason))
                .param("sales", uuids(orders, OrderDecided::saleId))
                .param("customers", uuids(orders, OrderDecided::customerId))
                .param("units", longs(orders, order -> units(order.quantity())))
                .update();
    }

    /**
     * Records that units were sold or freed later. In any order of the messages the last stage of an order stays. It
     * decides no admission.
     */
    void settled(Collection<UnitsSettled> orders) {
        jdbc.sql("""
                insert into admitted_order (order_id, sale_id, customer_id, units, stage)
                select order_id, sale_id, customer_id, units, stage
                  from unnest(:orders, :sales, :customers, :units, :stages)
                    as told (order_id, sale_id, customer_id, units, stage)
                 order by order_id
                on conflict (order_id) do update
                   set sale_id = coalesce(admitted_order.sale_id, excluded.sale_id),
                       customer_id = coalesce(admitted_order.customer_id, excluded.customer_id),
                       units = coalesce(admitted_order.units, excluded.units),
                       stage = greatest(admitted_order.stage, excluded.stage)
                """)
                .param("orders", uuids(orders, UnitsSettled::orderId))
                .param("sales", uuids(orders, UnitsSettled::saleId))
                .param("customers", uuids(orders, UnitsSettled::customerId))
                .param("units", longs(orders, order -> units(order.quantity())))
                .param("stages", ints(orders, UnitsSettled::stage))
                .update();
    }

    private static @Nullable Long units(@Nullable Integer quantity) {
        return quantity == null ? null : quantity.longValue();
    }

    /** Moves the admissions of these orders as far as the facts are known, and returns the state of each. */
    List<AdmissionChange> settle(Collection<UUID> orders) {
        jdbc.sql("""
                update admission
                   set state = case when admitted_order.decided then 'DECIDED' else 'ORDERED' end,
                       order_id = admitted_order.order_id
                  from admitted_order
                 where admitted_order.order_id = any(:orders)
                   and admission.id = admitted_order.admission_id
                   and (admission.state in ('ISSUED', 'LAPSED')
                        or (admission.state = 'ORDERED' and admitted_order.decided))
                """).param("orders", uuids(orders, order -> order)).update();
        return jdbc.sql("""
                select id, admission.sale_id, admission.customer_id, admission.units, number, entry_id,
                       issued_at, expires_at, lapses_at, paused_ms, state, refused
                  from admitted_order
                  join admission on admission.id = admitted_order.admission_id
                 where admitted_order.order_id = any(:orders)
                """)
                .param("orders", uuids(orders, order -> order))
                .query(AdmissionRow::readChange)
                .list();
    }

    /** Whether the customer holds or owns as many units of the sale as the purchase limit allows. */
    boolean hasReachedLimit(SaleId sale, CustomerId customer) {
        return jdbc.sql("""
                select coalesce(sum(units), 0) >= (select purchase_limit from sale where sale_id = :sale) as reached
                  from admitted_order
                 where sale_id = :sale
                   and customer_id = :customer
                   and stage <> 2
                """)
                .param("sale", sale.value())
                .param("customer", customer.value())
                .query((row, _) -> row.getBoolean("reached"))
                .single();
    }

    /** Customers with recent orders; beside others they include all whose limit may be used up by that. */
    List<LimitsUsed.Buyer> buyersSince(Duration lately, int limit) {
        return jdbc.sql("""
                select sale_id, customer_id
                  from admitted_order
                 where heard_at >= now() - make_interval(secs => :seconds)
                   and customer_id is not null
                   and stage <> 2
                 order by heard_at desc
                 limit :limit
                """)
                .param("seconds", lately.toSeconds())
                .param("limit", limit)
                .query((row, _) -> new LimitsUsed.Buyer(
                        new SaleId(row.getObject("sale_id", UUID.class)),
                        new CustomerId(row.getObject("customer_id", UUID.class))))
                .list();
    }

    /**
     * Forgets orders of sales that have ended, when a repetition of their messages is practically excluded. A replay of
     * the topics may then add them again, and changes nothing else.
     */
    int forget(Duration after, int limit) {
        return jdbc.sql("""
                delete from admitted_order
                 where order_id in (
                       select order_id
                         from admitted_order
                        where heard_at < now() - make_interval(secs => :seconds)
                          and not exists (select 1
                                            from sale
                                           where sale.sale_id = admitted_order.sale_id
                                             and closes_at > now())
                        order by heard_at
                        limit :limit)
                """)
                .param("seconds", after.toSeconds())
                .param("limit", limit)
                .update();
    }
}
