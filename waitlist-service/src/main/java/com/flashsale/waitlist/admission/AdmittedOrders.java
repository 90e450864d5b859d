package com.flashsale.waitlist.admission;

import static com.flashsale.waitlist.sql.Columns.texts;
import static com.flashsale.waitlist.sql.Columns.uuids;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Where the two facts about an order meet: that it was placed with an admission, and that inventory has decided it. They come on two
 * topics, in any order and perhaps at once on two replicas; both write the same row, so the later one sees the earlier one.
 */
@Repository
class AdmittedOrders {

    private final JdbcClient jdbc;

    AdmittedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void placed(Collection<OrderPlaced> orders) {
        jdbc.sql("""
                insert into admitted_order (order_id, admission_id, load_test)
                select order_id, admission_id, load_test
                  from unnest(:orders, :admissions, :loadTests) as placed (order_id, admission_id, load_test)
                 order by order_id
                on conflict (order_id) do update
                   set admission_id = excluded.admission_id
                """)
                .param("orders", uuids(orders, OrderPlaced::orderId))
                .param("admissions", uuids(orders, OrderPlaced::admissionId))
                .param("loadTests", texts(orders, OrderPlaced::loadTest))
                .update();
    }

    void decided(Collection<OrderDecided> orders) {
        jdbc.sql("""
                insert into admitted_order (order_id, decided, refused, load_test)
                select order_id, true, refused, load_test
                  from unnest(:orders, :refusals, :loadTests) as told (order_id, refused, load_test)
                 order by order_id
                on conflict (order_id) do update
                   set decided = true,
                       refused = coalesce(admitted_order.refused, excluded.refused)
                """)
                .param("orders", uuids(orders, OrderDecided::orderId))
                .param("refusals", texts(orders, OrderDecided::reason))
                .param("loadTests", texts(orders, OrderDecided::loadTest))
                .update();
    }

    /** Moves the admissions of these orders as far as is known now, and tells where each stands. */
    List<AdmissionChange> settle(Collection<UUID> orders) {
        jdbc.sql("""
                update admission
                   set state = case when admitted_order.decided then 'DECIDED' else 'ORDERED' end,
                       order_id = admitted_order.order_id
                  from admitted_order
                 where admitted_order.order_id = any(:orders)
                   and admission.id = admitted_order.admission_id
                   and (admission.state in ('ISSUED', 'LAPSED') or (admission.state = 'ORDERED' and admitted_order.decided))
                """).param("orders", uuids(orders, order -> order)).update();
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, admission.load_test,
                       state, refused
                  from admitted_order
                  join admission on admission.id = admitted_order.admission_id
                 where admitted_order.order_id = any(:orders)
                """)
                .param("orders", uuids(orders, order -> order))
                .query(AdmissionRow::readChange)
                .list();
    }

    /** Forgets orders that are as good as never repeated: a replay of the topics may then add them again, and changes nothing else. */
    int forget(Duration after, int limit) {
        return jdbc.sql("""
                delete from admitted_order
                 where order_id in (
                       select order_id
                         from admitted_order
                        where heard_at < now() - make_interval(secs => :seconds)
                        order by heard_at
                        limit :limit)
                """)
                .param("seconds", after.toSeconds())
                .param("limit", limit)
                .update();
    }
}
