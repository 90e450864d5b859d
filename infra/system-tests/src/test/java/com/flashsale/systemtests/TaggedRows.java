package com.flashsale.systemtests;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a load test in the databases, read with the auditor's role, past all services. */
record TaggedRows(RunningPlatform platform) {

    static final List<String> DATABASES = List.of("auth", "catalog", "inventory", "orders", "waitlist", "payment");

    private static final Map<String, String> SALES = Map.of(
            "catalog", "sale where id",
            "inventory", "stock where sale_id",
            "orders", "sale where id",
            "waitlist", "sale where sale_id");

    /**
     * By {@code database.table}: every table whose rows can belong to a load test.
     *
     * @param sales of the run
     */
    Map<String, Long> of(String run, String... sales) throws SQLException {
        var tagged = "load_test = '" + run + "'";
        var ofSale = "sale_id = any('{" + String.join(",", sales) + "}'::uuid[])";
        // rows that name neither belong to a row that does
        var ofOwner = Map.of(
                "orders.payment", "order_id in (select id from orders where " + ofSale + ")",
                "payment.ledger_entry", "charge_key in (select key from charge where " + tagged + ")");
        var conditions = new TreeMap<String, String>();
        for (var database : DATABASES) {
            for (var table : tables(database, "load_test")) conditions.put(database + "." + table, tagged);
            for (var table : tables(database, "sale_id")) conditions.put(database + "." + table, ofSale);
        }
        conditions.putAll(ofOwner);
        var counts = new TreeMap<String, Long>();
        for (var each : conditions.entrySet()) {
            var name = each.getKey().split("\\.");
            var sql = "select count(*) from %s where %s".formatted(name[1], each.getValue());
            counts.put(each.getKey(), number(name[0], sql));
        }
        return counts;
    }

    /** By database: the rows of this sale that carry the name of the run, one in each that knows the sale. */
    Map<String, Long> taggedSales(String sale, String run) throws SQLException {
        var counts = new TreeMap<String, Long>();
        for (var each : SALES.entrySet()) {
            var sql = "select count(*) from %s = '%s' and load_test = '%s'".formatted(each.getValue(), sale, run);
            counts.put(each.getKey(), number(each.getKey(), sql));
        }
        return counts;
    }

    /** One text for all rows of a sale in all tables that name it: equal texts are equal rows. */
    String picture(String sale) throws SQLException {
        var picture = new StringBuilder();
        for (var each : Map.of(
                        "catalog", List.of("sale where id", "sale_stock where sale_id"),
                        "inventory",
                                List.of("stock where sale_id", "reservation where sale_id", "ledger where sale_id"),
                        "orders", List.of("sale where id", "orders where sale_id"),
                        "waitlist", List.of("sale where sale_id", "admission where sale_id"))
                .entrySet()) {
            for (var rows : each.getValue()) {
                var sql = "select coalesce(string_agg(t::text, ';' order by t::text), '') from "
                        + rows.replace(" where ", " t where t.") + " = '" + sale + "'";
                picture.append(each.getKey()).append(' ').append(rows).append(": ");
                picture.append(texts(each.getKey(), sql).getFirst()).append('\n');
            }
        }
        return picture.toString();
    }

    private List<String> tables(String database, String column) throws SQLException {
        return texts(database, """
                select table_name
                  from information_schema.columns
                  join information_schema.tables using (table_schema, table_name)
                 where table_schema = 'public'
                   and table_type = 'BASE TABLE'
                   and column_name = '%s'
                """.formatted(column));
    }

    private long number(String database, String sql) throws SQLException {
        return Long.parseLong(texts(database, sql).getFirst());
    }

    private List<String> texts(String database, String sql) throws SQLException {
        try (var connection = platform.database(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) all.add(rows.getString(1));
            return all;
        }
    }
}
