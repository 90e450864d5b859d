package com.flashsale.control.figures;

import com.flashsale.control.figures.SaleFigures.Sale;
import com.flashsale.control.figures.SaleFigures.Server;
import com.flashsale.control.figures.SaleFigures.Switch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the newest sales with one short query in each of three databases, as a role that cannot write. */
public final class SaleReader implements AutoCloseable {

    /** Sales on the page. The newest come first, and those that have been over for five minutes come last. */
    private static final int MOST = 12;

    private static final String SALES = """
            select id, product_name, opens_at, closes_at, allotted, admissions_per_second,
                   load_test is not null as load_test,
                   case when ended_at is not null or closes_at <= now() then 'ENDED'
                        when opens_at > now() then 'SCHEDULED'
                        when paused then 'PAUSED'
                        else 'OPEN' end as state
              from sale
             order by least(coalesce(ended_at, closes_at), closes_at) > now() - interval '5 minutes' desc,
                      opens_at desc, id
             limit\s""" + MOST;

    private static final String SERVER = """
            select sum(xact_commit)::bigint, sum(xact_rollback)::bigint, sum(deadlocks)::bigint,
                   sum(numbackends)::bigint,
                   (select wal_bytes::bigint from pg_stat_wal),
                   (select count(*) from pg_locks where not granted)
              from pg_stat_database
            """;

    private static final String SWITCHES = """
            select name, is_on from switch
            union all
            select 'load-tests', served from load_switch
             order by 1
            """;

    private static final String STOCKS = "select sale_id, reserved, sold from stock where sale_id = any (?)";

    /** Both counts read partial indexes of the rows that are still open. */
    private static final String LINES = """
            select sale_id, issued, serving,
                   (select count(*)
                      from admission
                     where admission.sale_id = sale.sale_id
                       and admission.state = 'ISSUED') as admitted,
                   (select count(*)
                      from waitlist_entry
                     where waitlist_entry.sale_id = sale.sale_id
                       and waitlist_entry.state in ('WAITING', 'OFFERED')) as waitlist
              from sale
              left join waiting_room using (sale_id)
             where sale_id = any (?)
            """;

    private record Stock(long reserved, long sold) {}

    private record Line(long issued, long serving, long admitted, long waitlist) {}

    private final ReadOnlyDatabases databases;

    public SaleReader(ReadOnlyDatabases databases) {
        this.databases = databases;
    }

    public SaleFigures read() throws SQLException {
        var terms = new LinkedHashMap<UUID, Sale>();
        databases.read("catalog", SALES, List.of(), row -> terms.put(row.getObject("id", UUID.class), terms(row)));
        var ids = List.copyOf(terms.keySet());
        var stocks = new HashMap<UUID, Stock>();
        databases.read("inventory", STOCKS, ids, row -> stocks.put(id(row), new Stock(row.getLong(2), row.getLong(3))));
        var lines = new HashMap<UUID, Line>();
        databases.read("waitlist", LINES, ids, row -> lines.put(id(row), line(row)));
        var server = new ArrayList<Server>();
        databases.read("catalog", SERVER, List.of(), row -> server.add(server(row)));
        var switches = new ArrayList<Switch>();
        databases.read(
                "catalog", SWITCHES, List.of(), row -> switches.add(new Switch(row.getString(1), row.getBoolean(2))));
        var sales = ids.stream().map(id -> whole(terms, id, stocks, lines)).toList();
        return new SaleFigures(sales, switches, server.getFirst());
    }

    private static Sale whole(Map<UUID, Sale> terms, UUID id, Map<UUID, Stock> stocks, Map<UUID, Line> lines) {
        var sale = terms.getOrDefault(id, new Sale("", "", "", false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        var stock = stocks.getOrDefault(id, new Stock(0, 0));
        var line = lines.getOrDefault(id, new Line(0, 0, 0, 0));
        boolean soldOut = sale.state().equals("OPEN") && stock.sold() > 0 && stock.sold() == sale.allotted();
        return new Sale(
                sale.id(),
                sale.name(),
                soldOut ? "SOLD_OUT" : sale.state(),
                sale.loadTest(),
                sale.opensAt(),
                sale.closesAt(),
                sale.admissionsPerSecond(),
                sale.allotted(),
                stock.reserved(),
                stock.sold(),
                line.issued(),
                line.serving(),
                line.admitted(),
                line.waitlist());
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject(1, UUID.class);
    }

    private static Sale terms(ResultSet row) throws SQLException {
        return new Sale(
                row.getString("id"),
                row.getString("product_name"),
                row.getString("state"),
                row.getBoolean("load_test"),
                row.getTimestamp("opens_at").getTime(),
                row.getTimestamp("closes_at").getTime(),
                row.getInt("admissions_per_second"),
                row.getLong("allotted"),
                0,
                0,
                0,
                0,
                0,
                0);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("issued"), row.getLong("serving"), row.getLong("admitted"), row.getLong("waitlist"));
    }

    private static Server server(ResultSet row) throws SQLException {
        return new Server(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    @Override
    public void close() {
        databases.close();
    }
}
