package com.flashsale.waitlist.admission;

import static com.flashsale.platform.sql.Columns.uuids;
import static java.util.stream.Collectors.toMap;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import com.flashsale.waitlist.sale.SaleId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * A fence between a room in Redis and the rows that are written because of it. A rebuild reads the rows under a new
 * epoch. The new room would not know of a row of the old epoch that came later, and would promise its unit once more.
 */
@Repository
public class RoomEpochs {

    private final JdbcClient jdbc;

    RoomEpochs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the epochs of these rooms. No rebuild begins before the caller's transaction ends. */
    @Transactional(propagation = MANDATORY)
    public Map<SaleId, Long> keep(Collection<SaleId> sales) {
        return jdbc
                .sql("""
                select sale_id, epoch
                  from waiting_room
                 where sale_id = any(:sales)
                 order by sale_id
                   for key share
                """)
                .param("sales", uuids(sales, SaleId::value))
                .query((row, _) -> Map.entry(new SaleId(row.getObject("sale_id", UUID.class)), row.getLong("epoch")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
