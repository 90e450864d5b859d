package com.flashsale.waitlist.sale;

import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.uuids;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The copied stock. It only goes forward, by its version, in any order of the messages. */
@Repository
public class Stocks {

    private static final int READ_LIMIT = 100_000;

    private final JdbcClient jdbc;

    Stocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores each stock that is newer than the known one, in the caller's transaction. */
    public void take(Collection<Stock> told) {
        var newest = new HashMap<SaleId, Stock>();
        told.forEach(stock -> newest.merge(stock.sale(), stock, (a, b) -> a.version() >= b.version() ? a : b));
        var stocks = newest.values();
        if (stocks.isEmpty()) return;
        jdbc.sql("""
                insert into stock (sale_id, allotted, available, reserved, sold, version)
                select sale_id, allotted, available, reserved, sold, version
                  from unnest(:sales, :allotted, :available, :reserved, :sold, :versions)
                    as told (sale_id, allotted, available, reserved, sold, version)
                 order by sale_id
                on conflict (sale_id) do update
                   set allotted = excluded.allotted,
                       available = excluded.available,
                       reserved = excluded.reserved,
                       sold = excluded.sold,
                       version = excluded.version,
                       updated_at = clock_timestamp()
                 where stock.version < excluded.version
                """)
                .param("sales", uuids(stocks, stock -> stock.sale().value()))
                .param("allotted", ints(stocks, Stock::allotted))
                .param("available", ints(stocks, Stock::available))
                .param("reserved", ints(stocks, Stock::reserved))
                .param("sold", ints(stocks, Stock::sold))
                .param("versions", longs(stocks, Stock::version))
                .update();
    }

    /** Not of sales that are long over, nor of those of a purged load test: the memory would keep them for good. */
    List<Stock> changedSince(Instant since) {
        return jdbc.sql("""
                select sale_id, allotted, available, reserved, sold, version
                  from stock
                 where updated_at >= :since
                   and not exists (select 1
                                     from sale
                                    where sale.sale_id = stock.sale_id
                                      and (closes_at <= now() - interval '1 day'
                                           or exists (select 1 from load_run where run = sale.load_test)))
                 order by updated_at desc
                 limit :limit
                """)
                .param("since", Timestamp.from(since))
                .param("limit", READ_LIMIT)
                .query(Stocks::read)
                .list();
    }

    Optional<Stock> find(SaleId sale) {
        return jdbc.sql("""
                select sale_id, allotted, available, reserved, sold, version
                  from stock
                 where sale_id = :sale
                """).param("sale", sale.value()).query(Stocks::read).optional();
    }

    private static Stock read(ResultSet row, int number) throws SQLException {
        return new Stock(
                new SaleId(row.getObject("sale_id", UUID.class)),
                row.getInt("allotted"),
                row.getInt("available"),
                row.getInt("reserved"),
                row.getInt("sold"),
                row.getLong("version"));
    }
}
