package com.flashsale.audit.explain;

import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.client.platform.Databases;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one database into a time line. Columns are chosen by name, so that no personal data gets in. */
abstract class RowReader {

    private static final int MINOR_DIGITS = 2;

    final Databases databases;
    final String database;
    final String service;
    final Footprint found;
    final Timeline line;

    RowReader(Databases databases, String database, String service, Footprint found, Timeline line) {
        this.databases = databases;
        this.database = database;
        this.service = service;
        this.found = found;
        this.line = line;
    }

    /** Adds all rows of this database. */
    abstract void read() throws SQLException;

    final void each(Collection<UUID> about, String query, Databases.RowReader reader) throws SQLException {
        databases.readAbout(database, List.copyOf(about), query, reader);
    }

    final Entry row(@Nullable Instant at, String what) {
        return Entry.of(at == null ? Instant.EPOCH : at, service, Kind.ROW, what);
    }

    static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    static String money(ResultSet row, String column) throws SQLException {
        return BigDecimal.valueOf(row.getLong(column), MINOR_DIGITS) + " " + row.getString("currency");
    }
}
