package com.flashsale.customers.demo;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One sale as the services' databases record it; reads only. Used by one thread. */
final class SaleQueries {

    private final Databases databases;
    private final String sale;

    SaleQueries(Databases databases, String saleId) {
        this.databases = databases;
        this.sale = "'" + UUID.fromString(saleId) + "'";
    }

    /** @param millis since the opening */
    Timeline.Look look(long millis, long told) throws SQLException {
        var stock = row("inventory", """
                select allotted - reserved - sold, reserved, sold, extract(epoch from clock_timestamp()) * 1000
                  from stock
                 where sale_id = %s
                """, 4);
        var room = row("waitlist", """
                select issued, serving, case when mod(phase, 2) = 0 then issued - serving else 0 end
                  from waiting_room
                 where sale_id = %s
                """, 3);
        return new Timeline.Look(
                millis,
                stock[3],
                stock[0],
                stock[1],
                stock[2],
                room[0],
                room[1],
                room[2],
                entries("state = 'WAITING'"),
                promised(),
                told);
    }

    private long promised() throws SQLException {
        return databases.count("waitlist", """
                select coalesce(sum(units), 0)
                  from admission
                 where state = 'ISSUED'
                   and sale_id =\s""" + sale);
    }

    private long[] row(String database, String query, int columns) throws SQLException {
        var values = new long[columns];
        databases.read(database, query.formatted(sale), row -> {
            for (int i = 0; i < columns; i++) {
                values[i] = row.getLong(i + 1);
            }
        });
        return values;
    }

    long sold() throws SQLException {
        return databases.count("inventory", "select sold from stock where sale_id = " + sale);
    }

    long reserved() throws SQLException {
        return databases.count("inventory", "select reserved from stock where sale_id = " + sale);
    }

    /** Units that came back: given up, not paid in time, or cancelled. */
    long freed() throws SQLException {
        return databases.count("inventory", """
                select coalesce(sum(units), 0)
                  from ledger
                 where kind in ('RELEASED', 'EXPIRED')
                   and sale_id =\s""" + sale);
    }

    /** Units that customers hold, own or have paid for beyond the offer; the worse of two counts. */
    long oversold() throws SQLException {
        long taken = databases.count("inventory", """
                select coalesce(sum(units), 0)
                  from reservation
                 where state in ('HELD', 'CONFIRMED')
                   and sale_id =\s""" + sale);
        long paid = databases.count(
                "orders", "select coalesce(sum(quantity), 0) from orders where state = 'PAID' and sale_id = " + sale);
        long offered = databases.count("catalog", "select allotted from sale where id = " + sale);
        return Math.max(0, Math.max(taken, paid) - offered);
    }

    /** Entries that were not told how the sale ended. */
    long unclosed() throws SQLException {
        return entries("state in ('WAITING', 'OFFERED')");
    }

    private long entries(String condition) throws SQLException {
        return databases.count(
                "waitlist", "select count(*) from waitlist_entry where %s and sale_id = %s".formatted(condition, sale));
    }

    Map<String, Long> orders() throws SQLException {
        var orders = new TreeMap<String, Long>();
        databases.read("orders", """
                select state || coalesce(' ' || reason, ''), count(*)
                  from orders
                 where sale_id = %s
                 group by 1
                """.formatted(sale), row -> orders.put(row.getString(1), row.getLong(2)));
        return orders;
    }
}
