package com.flashsale.waitlist.sale;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The copied terms. An older version never replaces a newer one, so a message may come twice, late, or from a replay.
 */
@Repository
class Sales {

    private static final int READ_LIMIT = 100_000;

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void store(Sale sale) {
        jdbc.sql("""
                insert into sale (sale_id, version, allotted, purchase_limit, opens_at, closes_at, crowd_factor,
                                  admission_factor, admissions_per_second, turn_ms, admission_ms, offer_ms,
                                  draw, paused, paused_ms,
                                  paused_at, ended_at, load_test)
                values (:saleId, :version, :allotted, :purchaseLimit, :opensAt, :closesAt, :crowdFactor,
                        :admissionFactor, :admissionsPerSecond, :turnMs, :admissionMs, :offerMs, :draw,
                        :paused, :pausedMs,
                        :pausedAt, :endedAt, :loadTest)
                on conflict (sale_id) do update
                   set version = excluded.version,
                       allotted = excluded.allotted,
                       purchase_limit = excluded.purchase_limit,
                       opens_at = excluded.opens_at,
                       closes_at = excluded.closes_at,
                       crowd_factor = excluded.crowd_factor,
                       admission_factor = excluded.admission_factor,
                       admissions_per_second = excluded.admissions_per_second,
                       turn_ms = excluded.turn_ms,
                       admission_ms = excluded.admission_ms,
                       offer_ms = excluded.offer_ms,
                       draw = excluded.draw,
                       paused = excluded.paused,
                       paused_ms = excluded.paused_ms,
                       paused_at = excluded.paused_at,
                       ended_at = excluded.ended_at,
                       load_test = excluded.load_test,
                       updated_at = clock_timestamp()
                 where sale.version < excluded.version
                """).paramSource(SaleRow.of(sale)).update();
    }

    /** Sales that changed since and are not long over; an overlap is for the caller to choose. */
    List<Sale> changedSince(Instant since) {
        return jdbc.sql("""
                select sale_id, version, allotted, purchase_limit, opens_at, closes_at, crowd_factor, admission_factor,
                       admissions_per_second, turn_ms, admission_ms, offer_ms, draw, paused, paused_ms,
                       paused_at, ended_at,
                       load_test
                  from sale
                 where updated_at >= :since
                   and closes_at > now() - interval '1 day'
                 order by updated_at desc
                 limit :limit
                """)
                .param("since", Timestamp.from(since))
                .param("limit", READ_LIMIT)
                .query(Sales::read)
                .list();
    }

    Instant now() {
        return jdbc.sql("select now() as now")
                .query((row, _) -> row.getTimestamp("now").toInstant())
                .single();
    }

    Optional<Sale> find(SaleId sale) {
        return jdbc.sql("""
                select sale_id, version, allotted, purchase_limit, opens_at, closes_at, crowd_factor, admission_factor,
                       admissions_per_second, turn_ms, admission_ms, offer_ms, draw, paused, paused_ms,
                       paused_at, ended_at,
                       load_test
                  from sale
                 where sale_id = :sale
                """).param("sale", sale.value()).query(Sales::read).optional();
    }

    /** Of those sales that are of no load test, or of another one. */
    Set<SaleId> notOf(String loadTest) {
        return Set.copyOf(jdbc.sql("select sale_id from sale where load_test is distinct from :loadTest")
                .param("loadTest", loadTest)
                .query((row, _) -> new SaleId(row.getObject("sale_id", UUID.class)))
                .list());
    }

    private static Sale read(ResultSet row, int number) throws SQLException {
        return new Sale(
                new SaleId(row.getObject("sale_id", UUID.class)),
                row.getLong("version"),
                row.getInt("allotted"),
                row.getInt("purchase_limit"),
                row.getTimestamp("opens_at").toInstant(),
                row.getTimestamp("closes_at").toInstant(),
                row.getBigDecimal("crowd_factor"),
                row.getBigDecimal("admission_factor"),
                row.getInt("admissions_per_second"),
                Duration.ofMillis(row.getLong("turn_ms")),
                Duration.ofMillis(row.getLong("admission_ms")),
                Duration.ofMillis(row.getLong("offer_ms")),
                Draw.valueOf(row.getString("draw")),
                row.getBoolean("paused"),
                row.getLong("paused_ms"),
                instant(row, "paused_at"),
                instant(row, "ended_at"),
                row.getString("load_test"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
