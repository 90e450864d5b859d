package com.flashsale.systemtests;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a load test in the databases, read with the auditor's role, past all services. */
record TaggedRows(RunningPlatform platform) {

    static final List<String> DATABASES = List.of("auth", "catalog", "inventory", "orders", "waitlist", "payment");

    /** By {@code database.table}: every table whose rows can carry a name. */
    Map<String, Long> of(String run) throws SQLException {
        var counts = new TreeMap<String, Long>();
        for (var database : DATABASES) {
            for (var table : tables(database)) {
                counts.put(
                        database + "." + table,
                        number(database, "select count(*) from " + table + " where load_test = '" + run + "'"));
            }
        }
        return counts;
    }

    /** Rows of this sale that do not carry its name, in every table that names sales. */
    Map<String, Long> untaggedOfSale(String sale, String run) throws SQLException {
        var counts = new TreeMap<String, Long>();
        for (var database : List.of("catalog", "inventory", "orders", "waitlist")) {
            for (var table : texts(database, """
                    select table_name
                      from information_schema.columns
                     where table_schema = 'public'
                       and column_name = 'sale_id'
                       and table_name in (select tablename from pg_tables where schemaname = 'public')
                    """)) {
                counts.put(
                        database + "." + table,
                        number(
                                database,
                                "select count(*) from %s where sale_id = '%s' and load_test is distinct from '%s'"
                                        .formatted(table, sale, run)));
            }
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

    private List<String> tables(String database) throws SQLException {
        return texts(database, """
                select table_name
                  from information_schema.columns
                 where table_schema = 'public'
                   and column_name = 'load_test'
                 order by table_name
                """);
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
