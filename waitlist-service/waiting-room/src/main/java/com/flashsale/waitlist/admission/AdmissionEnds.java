package com.flashsale.waitlist.admission;

import static com.flashsale.platform.sql.Columns.uuids;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Ends unused admissions: a replica withdraws them and asks order-service, and its answer ends them. */
@Repository
class AdmissionEnds {

    /** In the end a question is repeated about every ten minutes (5 s doubled seven times). */
    private static final int MOST_DOUBLINGS = 7;

    /** A pause of the sale stops the clock of an admission, until the sale ends. */
    private static final String TIME_IS_OVER = """
                                and lapses_at <= now()
                                and coalesce((select least(closes_at, ended_at) <= now()
                                                  or (not paused
                                                      and lapses_at + make_interval(
                                                             secs => (sale.paused_ms - admission.paused_ms) / 1000.0)
                                                          <= now())
                                                from sale
                                               where sale.sale_id = admission.sale_id), true)
            """;

    private final JdbcClient jdbc;

    AdmissionEnds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Withdraws admissions whose time is over by the database's clock, and repeats the question for those that were
     * withdrawn a while ago without an answer. The wait doubles with each question, and no question is repeated while
     * one that old has not even left the outbox. The clock of an admission stands still in a pause, until its sale
     * ends. The rows stay issued; a row that an order is changing at this moment is skipped.
     */
    List<Admission> withdrawDue(Duration patience, int limit) {
        return jdbc.sql("""
                with due as (
                    select id
                      from admission
                     where state = 'ISSUED'
                       and (   (withdrawn_at is null
                """ + TIME_IS_OVER + """
                               )
                            or (withdrawn_at <= now() - make_interval(
                                    secs => :patience * power(2, least(questions - 1, :doublings)))
                                and not exists (select 1
                                                  from (select topic, occurred_at
                                                          from outbox
                                                         order by seq
                                                         limit 1000) as oldest
                                                 where topic = 'waitlist.admission'
                                                   and occurred_at <= now() - make_interval(secs => :patience))))
                     order by lapses_at
                     limit :limit
                       for update skip locked)
                update admission
                   set withdrawn_at = now(),
                       questions = questions + 1
                  from due
                 where admission.id = due.id
                returning admission.id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at,
                          lapses_at, paused_ms
                """)
                .param("patience", patience.toMillis() / 1_000.0)
                .param("doublings", MOST_DOUBLINGS)
                .param("limit", limit)
                .query(AdmissionRow::read)
                .list();
    }

    /**
     * Withdraws these before their time, because their sale has ended or their customers have left. An admission that
     * is withdrawn already is skipped.
     */
    List<Admission> withdraw(Collection<UUID> ids) {
        return jdbc.sql("""
                update admission
                   set withdrawn_at = now(),
                       questions = questions + 1
                 where id = any(:ids)
                   and withdrawn_at is null
                   -- a fence: an index of all that is issued, chosen on an empty table, is read whole
                   and state || '' = 'ISSUED'
                returning id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at,
                          paused_ms
                """)
                .param("ids", uuids(ids, id -> id))
                .query(AdmissionRow::read)
                .list();
    }

    /** Ends these admissions, which no order can use any more. */
    List<AdmissionChange> lapse(Collection<UUID> ids) {
        return jdbc.sql("""
                update admission
                   set state = 'LAPSED'
                 where id = any(:ids)
                   -- a fence: an index of all that is issued, chosen on an empty table, is read whole
                   and state || '' = 'ISSUED'
                returning id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at,
                          paused_ms, state, null as refused
                """)
                .param("ids", uuids(ids, id -> id))
                .query(AdmissionRow::readChange)
                .list();
    }
}
