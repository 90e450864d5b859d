package com.flashsale.catalog.switches;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of switches. The rows of the table are the switches that exist. */
@Repository
class Switches {

    private final JdbcClient jdbc;

    Switches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Switch> all() {
        return jdbc.sql("""
                select name, is_on, changed_at
                  from switch
                 order by name
                """).query(Switches::read).list();
    }

    Optional<Switch> find(String name) {
        return jdbc.sql("""
                select name, is_on, changed_at
                  from switch
                 where name = :name
                """).param("name", name).query(Switches::read).optional();
    }

    /** Keeps the time of change of a switch that is as wanted already. */
    boolean turn(String name, boolean on) {
        return jdbc.sql("""
                update switch
                   set is_on = :on, changed_at = now()
                 where name = :name
                   and is_on <> :on
                """).param("name", name).param("on", on).update() == 1;
    }

    private static Switch read(ResultSet row, int number) throws SQLException {
        var changedAt = row.getObject("changed_at", OffsetDateTime.class);
        return new Switch(
                row.getString("name"), row.getBoolean("is_on"), changedAt == null ? null : changedAt.toInstant());
    }
}
