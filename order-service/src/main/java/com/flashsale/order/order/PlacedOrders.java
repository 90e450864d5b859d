package com.flashsale.order.order;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders in the order of their ids, some at a time, for {@link PlacedBacklog}. */
@Repository
class PlacedOrders {

    static final int PORTION = 10_000;

    private final JdbcClient jdbc;

    PlacedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param last id of the portion; null if there was none
     * @param first id of an order in it that is not decided
     * @param seconds that it has waited
     */
    record Portion(@Nullable UUID last, @Nullable UUID first, double seconds, int size) {}

    Portion after(UUID id) {
        return jdbc.sql("""
                select max(id::text)::uuid as last,
                       (min(id::text) filter (where waits))::uuid as first,
                       coalesce(extract(epoch from now() - min(placed_at) filter (where waits)), 0) as seconds,
                       count(*) as size
                  from (select id, placed_at,
                               state = 'PLACED'
                               and (select load_test from sale where sale.id = orders.sale_id) is null as waits
                          from orders
                         where id > :after
                         order by id
                         limit :portion) as portion
                """)
                .param("after", id)
                .param("portion", PORTION)
                .query(Portion.class)
                .single();
    }
}
