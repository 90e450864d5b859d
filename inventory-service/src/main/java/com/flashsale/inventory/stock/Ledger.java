package com.flashsale.inventory.stock;

import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Every movement of units, append-only, written with the change itself: its sum is the stock row. */
@Repository
public class Ledger {

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = MANDATORY)
    public void append(List<Movement> movements) {
        if (movements.isEmpty()) return;
        jdbc.sql("""
                insert into ledger (sale_id, order_id, kind, units, moved_at)
                select sale_id, order_id, kind, units, now()
                  from unnest(:sales, :orders, :kinds, :units) as movement (sale_id, order_id, kind, units)
                """)
                .param("sales", uuids(movements, movement -> movement.sale().value()))
                .param("orders", uuids(movements, Ledger::orderOf))
                .param("kinds", texts(movements, movement -> movement.kind().name()))
                .param("units", ints(movements, Movement::units))
                .update();
    }

    private static @Nullable UUID orderOf(Movement movement) {
        var order = movement.order();
        return order == null ? null : order.value();
    }
}
