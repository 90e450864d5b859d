package com.flashsale.catalog.stock;

import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    void takeOver(List<StockChanged> changes, Map<UUID, String> loadTests) {
        jdbc.sql("""
                insert into sale_stock as known (sale_id, allotted, available, version, load_test)
                select sale_id, allotted, available, version, load_test
                  from unnest(:sales::uuid[], :allotted::int[], :available::int[], :versions::bigint[],
                              :loadTests::text[])
                       as t (sale_id, allotted, available, version, load_test)
                on conflict (sale_id) do update
                   set allotted = excluded.allotted, available = excluded.available, version = excluded.version
                 where known.version < excluded.version
                """)
                .param("sales", changes.stream().map(StockChanged::saleId).toArray(UUID[]::new))
                .param("allotted", changes.stream().map(StockChanged::allotted).toArray(Integer[]::new))
                .param(
                        "available",
                        changes.stream().map(StockChanged::available).toArray(Integer[]::new))
                .param("versions", changes.stream().map(StockChanged::version).toArray(Long[]::new))
                .param(
                        "loadTests",
                        changes.stream()
                                .map(change -> loadTests.get(change.saleId()))
                                .toArray(String[]::new))
                .update();
    }
}
