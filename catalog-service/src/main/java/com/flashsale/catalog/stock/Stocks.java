package com.flashsale.catalog.stock;

import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.uuids;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of the copied stock. */
@Repository
class Stocks {

    private final JdbcClient jdbc;

    Stocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the newer version, in any order of arrival. Takes at most one change per sale. */
    void takeOver(List<StockChanged> changes) {
        jdbc.sql("""
                insert into sale_stock as known (sale_id, allotted, available, version)
                select sale_id, allotted, available, version
                  from unnest(:sales::uuid[], :allotted::int[], :available::int[], :versions::bigint[])
                       as t (sale_id, allotted, available, version)
                on conflict (sale_id) do update
                   set allotted = excluded.allotted, available = excluded.available, version = excluded.version
                 where known.version < excluded.version
                """)
                .param("sales", uuids(changes, StockChanged::saleId))
                .param("allotted", ints(changes, StockChanged::allotted))
                .param("available", ints(changes, StockChanged::available))
                .param("versions", longs(changes, StockChanged::version))
                .update();
    }
}
