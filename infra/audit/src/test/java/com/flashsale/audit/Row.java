package com.flashsale.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row to be inserted, by the names of its columns. A column without a value keeps its default. */
final class Row {

    private final String table;
    private final Map<String, String> expressions = new LinkedHashMap<>();
    private final List<Object> values = new ArrayList<>();

    private Row(String table) {
        this.table = table;
    }

    static Row of(String table) {
        return new Row(table);
    }

    Row with(String column, Object value) {
        expressions.put(column, "?");
        values.add(value);
        return this;
    }

    /** A value that the database computes, for example a time. */
    Row sql(String column, String expression) {
        expressions.put(column, expression);
        return this;
    }

    /** Returns 1, or 0 if the row was there already. */
    int insertUnlessThere(Connection connection) throws SQLException {
        return ShopDatabases.update(connection, statement() + " on conflict do nothing", values.toArray());
    }

    void insert(Connection connection) throws SQLException {
        ShopDatabases.update(connection, statement(), values.toArray());
    }

    private String statement() {
        return "insert into %s (%s) values (%s)"
                .formatted(table, String.join(", ", expressions.keySet()), String.join(", ", expressions.values()));
    }
}
