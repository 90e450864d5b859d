package com.flashsale.launcher.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows sorted by their first column, an id as text; for walking two of them side by side. */
final class Cursor implements AutoCloseable {

    private final Statement statement;
    private final ResultSet rows;
    private @Nullable String id;

    Cursor(Statement statement, ResultSet rows) throws SQLException {
        this.statement = statement;
        this.rows = rows;
        next();
    }

    /** The current row's id, null past the end. */
    @Nullable
    String id() {
        return id;
    }

    ResultSet row() {
        return rows;
    }

    void next() throws SQLException {
        id = rows.next() ? rows.getString(1) : null;
    }

    /** True when this row comes before the other's, or the other has no more. */
    boolean isBefore(Cursor other) {
        return id != null && (other.id == null || id.compareTo(other.id) < 0);
    }

    @Override
    public void close() throws SQLException {
        var connection = statement.getConnection();
        statement.close();
        connection.rollback();
    }
}
