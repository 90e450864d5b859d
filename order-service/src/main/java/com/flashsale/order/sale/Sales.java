package com.flashsale.order.sale;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Sales {

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The columns of a sale as JDBC takes them; named as the parameters below. */
    private record Row(
            UUID id,
            long version,
            long priceMinor,
            String currency,
            int purchaseLimit,
            Timestamp opensAt,
            Timestamp closesAt,
            boolean paused,
            long pausedMillis,
            @Nullable Timestamp pausedAt,
            @Nullable Timestamp endedAt,
            @Nullable String loadTest) {

        static Row of(Sale sale) {
            return new Row(
                    sale.id(),
                    sale.version(),
                    sale.price().minor(),
                    sale.price().currency(),
                    sale.purchaseLimit(),
                    Timestamp.from(sale.opensAt()),
                    Timestamp.from(sale.closesAt()),
                    sale.paused(),
                    sale.pauses().endedMillis(),
                    timestamp(sale.pauses().since()),
                    timestamp(sale.endedAt()),
                    sale.loadTest());
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** Keeps the newest: events may come twice, and after a replay from the start also late. */
    void learn(Sale sale) {
        jdbc.sql("""
                insert into sale (id, version, price_minor, currency, purchase_limit, opens_at, closes_at,
                                  paused, paused_millis, paused_at, ended_at, load_test)
                values (:id, :version, :priceMinor, :currency, :purchaseLimit, :opensAt, :closesAt,
                        :paused, :pausedMillis, :pausedAt, :endedAt, :loadTest)
                on conflict (id) do update
                   set version = excluded.version,
                       price_minor = excluded.price_minor,
                       currency = excluded.currency,
                       purchase_limit = excluded.purchase_limit,
                       opens_at = excluded.opens_at,
                       closes_at = excluded.closes_at,
                       paused = excluded.paused,
                       paused_millis = excluded.paused_millis,
                       paused_at = excluded.paused_at,
                       ended_at = excluded.ended_at,
                       load_test = excluded.load_test
                 where excluded.version > sale.version
                """).paramSource(Row.of(sale)).update();
    }

    Optional<Sale> find(UUID id) {
        return jdbc.sql("""
                select id, version, price_minor, currency, purchase_limit, opens_at, closes_at, paused, paused_millis,
                       paused_at, ended_at, load_test
                  from sale
                 where id = :id
                """).param("id", id).query((row, _) -> saleOf(row)).optional();
    }

    private static Sale saleOf(ResultSet row) throws SQLException {
        return new Sale(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                new Money(row.getLong("price_minor"), row.getString("currency")),
                row.getInt("purchase_limit"),
                row.getTimestamp("opens_at").toInstant(),
                row.getTimestamp("closes_at").toInstant(),
                row.getBoolean("paused"),
                new Sale.Pauses(row.getLong("paused_millis"), instant(row.getTimestamp("paused_at"))),
                instant(row.getTimestamp("ended_at")),
                row.getString("load_test"));
    }
}
