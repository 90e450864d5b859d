package com.flashsale.inventory.reservation;

import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.inventory.stock.OrderId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Orders that got no units, or whose units could not be confirmed. The inbox knows their messages for days only; this
 * outlives the topic.
 */
@Repository
class RefusedOrders {

    private final JdbcClient jdbc;

    RefusedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Set<OrderId> among(Collection<OrderId> orders) {
        return new HashSet<>(jdbc.sql("select order_id from refused_order where order_id = any(:orders)")
                .param("orders", uuids(orders, OrderId::value))
                .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
                .list());
    }

    void add(List<Purchase> refused) {
        if (refused.isEmpty()) return;
        jdbc.sql("""
                insert into refused_order (order_id, sale_id)
                select order_id, sale_id
                  from unnest(:orders, :sales) as refused (order_id, sale_id)
                on conflict do nothing
                """)
                .param("orders", uuids(refused, purchase -> purchase.order().value()))
                .param("sales", uuids(refused, purchase -> purchase.sale().value()))
                .update();
    }
}
