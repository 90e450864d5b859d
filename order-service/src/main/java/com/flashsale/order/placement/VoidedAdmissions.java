package com.flashsale.order.placement;

import static com.flashsale.platform.sql.Columns.instants;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Admissions that are no longer valid although their time may not be over. An admission is either used or voided, never
 * both. Placing shares a lock that voiding holds alone, so each sees all that the other has committed.
 */
@Repository
class VoidedAdmissions {

    /** Class and key of the advisory lock. */
    private static final int LOCK_CLASS = 0x0AD15;

    private static final int LOCK = 1;

    private final JdbcClient jdbc;

    VoidedAdmissions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps admissions from being voided until the caller's transaction ends. */
    void lockShared() {
        lock("select 1 from pg_advisory_xact_lock_shared(:class, :lock)");
    }

    /** Waits for placements under way, and keeps new ones out until the caller's transaction ends. */
    void lockExclusively() {
        lock("select 1 from pg_advisory_xact_lock(:class, :lock)");
    }

    private void lock(String sql) {
        jdbc.sql(sql)
                .param("class", LOCK_CLASS)
                .param("lock", LOCK)
                .query((row, _) -> row.getRow())
                .single();
    }

    /** The orders that were placed with these admissions, by admission. */
    Map<UUID, UUID> orders(Collection<UUID> admissions) {
        return jdbc
                .sql("""
                select admission_id, id
                  from orders
                 where admission_id = any(:admissions)
                """)
                .param("admissions", admissions.toArray(UUID[]::new))
                .query((row, _) ->
                        Map.entry(row.getObject("admission_id", UUID.class), row.getObject("id", UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void add(Collection<AdmissionWithdrawn> withdrawn) {
        jdbc.sql("""
                insert into voided_admission (admission_id, expires_at, load_test)
                select admission_id, expires_at, load_test
                  from unnest(:admissions::uuid[], :expiries::timestamptz[], :loadTests::text[])
                       as void (admission_id, expires_at, load_test)
                 order by admission_id
                on conflict do nothing
                """)
                .param("admissions", uuids(withdrawn, AdmissionWithdrawn::admissionId))
                .param("expiries", instants(withdrawn, AdmissionWithdrawn::expiresAt))
                .param("loadTests", texts(withdrawn, each -> each.origin().loadTest()))
                .update();
    }

    /** Forgets up to {@code limit} admissions that expired more than {@code after} ago, beyond any doubt of a clock. */
    void forget(Duration after, int limit) {
        jdbc.sql("""
                delete from voided_admission
                 where admission_id in (
                       select admission_id
                         from voided_admission
                        where expires_at < now() - make_interval(secs => :seconds)
                        order by expires_at
                        limit :limit)
                """).param("seconds", after.toSeconds()).param("limit", limit).update();
    }
}
