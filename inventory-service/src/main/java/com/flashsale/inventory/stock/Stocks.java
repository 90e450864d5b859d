package com.flashsale.inventory.stock;

import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.uuids;
import static java.util.stream.Collectors.toMap;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The stock rows. A transaction that changes units of a sale locks its row here before any other row. That makes one
 * writer at a time, and rules out deadlocks.
 */
@Repository
public class Stocks {

    private final JdbcClient jdbc;

    Stocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the sales that exist, in the order of their ids, until the transaction ends. Unknown ones are left out. */
    @Transactional(propagation = MANDATORY)
    public LockedSales lock(Collection<SaleId> sales) {
        var locked = jdbc.sql("""
                select sale_id, allotted, reserved, sold, version,
                       terms_version, purchase_limit, hold_millis, opens_at, closes_at, ended_at, load_test,
                       clock_timestamp() as now
                  from stock
                 where sale_id = any(:sales)
                 order by sale_id
                   for update
                """)
                .param("sales", uuids(sales, SaleId::value))
                .query(Stocks::saleStock)
                .list();
        return new LockedSales(
                locked.stream().collect(toMap(found -> found.stock().sale(), found -> found)));
    }

    /**
     * Writes stock that was decided under the lock.
     *
     * @throws IllegalStateException if a version is not the next one, which means a write without the lock; the
     *     transaction rolls back
     */
    @Transactional(propagation = MANDATORY)
    public void save(List<Stock> changed) {
        if (changed.isEmpty()) return;
        int written = jdbc.sql("""
                update stock
                   set reserved = changed.reserved,
                       sold = changed.sold,
                       version = changed.version
                  from unnest(:sales, :reserved, :sold, :versions) as changed (sale_id, reserved, sold, version)
                 where stock.sale_id = changed.sale_id
                   and stock.version = changed.version - 1
                """)
                .param("sales", uuids(changed, stock -> stock.sale().value()))
                .param("reserved", ints(changed, Stock::reserved))
                .param("sold", ints(changed, Stock::sold))
                .param("versions", longs(changed, Stock::version))
                .update();
        if (written != changed.size()) {
            throw new IllegalStateException("stock was changed without its lock: " + changed);
        }
    }

    Optional<Stock> find(SaleId sale) {
        return jdbc.sql("""
                select sale_id, allotted, reserved, sold, version
                  from stock
                 where sale_id = :sale
                """).param("sale", sale.value()).query(Stocks::stock).optional();
    }

    /** The sales of a load test. */
    List<SaleId> of(String loadTest) {
        return jdbc.sql("select sale_id from stock where load_test = :loadTest")
                .param("loadTest", loadTest)
                .query((row, _) -> new SaleId(row.getObject("sale_id", UUID.class)))
                .list();
    }

    private static LockedSale saleStock(ResultSet row, int number) throws SQLException {
        return new LockedSale(stock(row, number), terms(row), instant(row, "now"));
    }

    private static Stock stock(ResultSet row, int number) throws SQLException {
        return new Stock(
                new SaleId(row.getObject("sale_id", UUID.class)),
                row.getInt("allotted"),
                row.getInt("reserved"),
                row.getInt("sold"),
                row.getLong("version"));
    }

    private static SaleTerms terms(ResultSet row) throws SQLException {
        return new SaleTerms(
                row.getLong("terms_version"),
                row.getInt("purchase_limit"),
                Duration.ofMillis(row.getLong("hold_millis")),
                instant(row, "opens_at"),
                instant(row, "closes_at"),
                endedAt(row),
                row.getString("load_test"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant endedAt(ResultSet row) throws SQLException {
        var endedAt = row.getTimestamp("ended_at");
        return endedAt == null ? null : endedAt.toInstant();
    }
}
