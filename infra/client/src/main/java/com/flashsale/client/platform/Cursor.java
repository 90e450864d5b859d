package com.flashsale.client.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows sorted by their first column, an id as text; for walking two of them side by side. */
public final class Cursor implements AutoCloseable {

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
    public String id() {
        return id;
    }

    public ResultSet row() {
        return rows;
    }

    public void next() throws SQLException {
        id = rows.next() ? rows.getString(1) : null;
    }

    /** True when this row comes before the other's, or the other has no more. */
    public boolean isBefore(Cursor other) {
        return id != null && (other.id == null || id.compareTo(other.id) < 0);
    }

    @Override
    public void close() throws SQLException {
        var connection = statement.getConnection();
        statement.close();
        connection.rollback();
    }
}
