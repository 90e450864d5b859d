package com.flashsale.waitlist.admission;

import static com.flashsale.waitlist.sql.Columns.instants;
import static com.flashsale.waitlist.sql.Columns.ints;
import static com.flashsale.waitlist.sql.Columns.longs;
import static com.flashsale.waitlist.sql.Columns.texts;
import static com.flashsale.waitlist.sql.Columns.uuids;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The admission rows. Their number is bounded by the goods, not by the crowd. */
@Repository
public class Admissions {

    /** A question is repeated at last every ten minutes. */
    private static final int MOST_DOUBLINGS = 7;

    private final JdbcClient jdbc;

    Admissions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes those whose customers hold no other one of the sale and may still buy, with no more units than they may still buy; the unique
     * index decides between twins.
     */
    public void insert(List<Admission> issued) {
        jdbc.sql("""
                insert into admission (id, sale_id, customer_id, units, source, number, entry_id, state,
                                       issued_at, expires_at, lapses_at, paused_ms, load_test)
                select id, sale_id, customer_id, least(units, allowed), source, number, entry_id, 'ISSUED', issued_at, expires_at,
                       lapses_at, paused_ms, load_test
                  from unnest(:ids, :sales, :customers, :units, :sources, :numbers, :entries, :issued, :expires, :lapses,
                              :paused, :loadTests)
                    as fresh (id, sale_id, customer_id, units, source, number, entry_id, issued_at, expires_at, lapses_at,
                              paused_ms, load_test)
                 cross join lateral (select coalesce((select purchase_limit
                                                        from sale
                                                       where sale.sale_id = fresh.sale_id), units) - coalesce(sum(taken.units), 0) as allowed
                                       from admitted_order as taken
                                      where taken.sale_id = fresh.sale_id
                                        and taken.customer_id = fresh.customer_id
                                        and taken.stage <> 2
                                     offset 0) as still -- a fence: a plan made on an empty table may not read all orders
                 where allowed > 0
                 order by sale_id, customer_id
                on conflict do nothing
                """)
                .param("ids", uuids(issued, Admission::id))
                .param("sales", uuids(issued, each -> each.sale().value()))
                .param("customers", uuids(issued, each -> each.customer().value()))
                .param("units", ints(issued, Admission::units))
                .param("sources", texts(issued, AdmissionRow::source))
                .param("numbers", longs(issued, AdmissionRow::number))
                .param("entries", uuids(issued, AdmissionRow::entry))
                .param("issued", instants(issued, Admission::issuedAt))
                .param("expires", instants(issued, Admission::expiresAt))
                .param("lapses", instants(issued, Admission::lapsesAt))
                .param("paused", longs(issued, Admission::pausedMillis))
                .param("loadTests", texts(issued, Admission::loadTest))
                .update();
    }

    /** Whether the customer holds or owns as many units of the sale as the purchase limit allows. */
    public boolean hasReachedLimit(SaleId sale, CustomerId customer) {
        return jdbc.sql("""
                select coalesce(sum(units), 0) >= (select purchase_limit from sale where sale_id = :sale) as reached
                  from admitted_order
                 where sale_id = :sale
                   and customer_id = :customer
                   and stage <> 2
                """)
                .param("sale", sale.value())
                .param("customer", customer.value())
                .query((row, _) -> row.getBoolean("reached"))
                .single();
    }

    /** What the database takes for the time: it decides what cannot be undone. */
    public Instant now() {
        return jdbc.sql("select now() as now")
                .query((row, _) -> row.getTimestamp("now").toInstant())
                .single();
    }

    /** The rows of these admissions, and those that their customers hold instead; one that was taken back is as good as expired. */
    List<Admission> held(Collection<Admission> wanted) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at,
                       least(expires_at, withdrawn_at) as expires_at, lapses_at, paused_ms, load_test
                  from admission
                 where id = any(:ids)
                union
                select id, sale_id, customer_id, units, number, entry_id, issued_at,
                       least(expires_at, withdrawn_at) as expires_at, lapses_at, paused_ms, load_test
                  from unnest(:sales, :customers) as wanted (of_sale, of_customer)
                 cross join lateral (select *
                                       from admission
                                      where sale_id = of_sale
                                        and customer_id = of_customer
                                        and state = 'ISSUED'
                                     offset 0) as theirs -- a fence: as a plain join, planned on an empty table, each batch reads all
                """)
                .param("ids", uuids(wanted, Admission::id))
                .param("sales", uuids(wanted, each -> each.sale().value()))
                .param("customers", uuids(wanted, each -> each.customer().value()))
                .query(AdmissionRow::read)
                .list();
    }

    public Optional<Admission> find(UUID id) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, paused_ms, load_test
                  from admission
                 where id = :id
                """).param("id", id).query(AdmissionRow::read).optional();
    }

    /** Where these stand now. */
    public List<AdmissionChange> states(Collection<UUID> ids) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, paused_ms, load_test, state, null as refused
                  from admission
                 where id = any(:ids)
                """)
                .param("ids", uuids(ids, id -> id))
                .query(AdmissionRow::readChange)
                .list();
    }

    /** What is promised in the sale and not yet decided. */
    public List<AdmissionChange> undecided(SaleId sale) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, paused_ms, load_test, state, null as refused
                  from admission
                 where sale_id = :sale
                   and state in ('ISSUED', 'ORDERED')
                """)
                .param("sale", sale.value())
                .query(AdmissionRow::readChange)
                .list();
    }

    /** Numbers after this one, or in a gap, that had an admission, whatever became of it. */
    public List<Long> numbersAfter(SaleId sale, long number) {
        return jdbc.sql("""
                select distinct number
                  from admission
                 where sale_id = :sale
                   and (   number > :number
                        or exists (select 1
                                     from number_gap
                                    where number_gap.sale_id = admission.sale_id
                                      and number > after
                                      and number <= through))
                """)
                .param("sale", sale.value())
                .param("number", number)
                .query((row, _) -> row.getLong("number"))
                .list();
    }

    /**
     * Marks those whose time is over by the database's clock, and those that were taken back a while ago without an answer: the wait doubles
     * with each question, and no question is repeated while one that old has not even left. The clock of an admission stands still in a pause,
     * until its sale ends. The rows stay issued, and those that an order is changing at this moment are left to it.
     */
    List<Admission> withdrawDue(Duration patience, int limit) {
        return jdbc.sql("""
                with due as (
                    select id
                      from admission
                     where state = 'ISSUED'
                       and (   (withdrawn_at is null
                                and lapses_at <= now()
                                and coalesce((select least(closes_at, ended_at) <= now()
                                                  or (not paused
                                                      and lapses_at + make_interval(secs => (sale.paused_ms - admission.paused_ms) / 1000.0)
                                                          <= now())
                                                from sale
                                               where sale.sale_id = admission.sale_id), true))
                            or (withdrawn_at <= now() - make_interval(secs => :patience * power(2, least(questions - 1, :doublings)))
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
                returning admission.id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, paused_ms,
                          load_test
                """)
                .param("patience", patience.toMillis() / 1_000.0)
                .param("doublings", MOST_DOUBLINGS)
                .param("limit", limit)
                .query(AdmissionRow::read)
                .list();
    }

    /** Marks these before their time: their sale has ended, or their customers have left. Not those that are asked about already. */
    List<Admission> withdraw(Collection<UUID> ids) {
        return jdbc.sql("""
                update admission
                   set withdrawn_at = now(),
                       questions = questions + 1
                 where id = any(:ids)
                   and withdrawn_at is null
                   and state || '' = 'ISSUED' -- a fence: an index of all that is issued, chosen on an empty table, is read whole
                returning id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, paused_ms, load_test
                """)
                .param("ids", uuids(ids, id -> id))
                .query(AdmissionRow::read)
                .list();
    }

    /** Ends these: nobody can use them any more. */
    List<AdmissionChange> lapse(Collection<UUID> ids) {
        return jdbc.sql("""
                update admission
                   set state = 'LAPSED'
                 where id = any(:ids)
                   and state || '' = 'ISSUED' -- a fence: an index of all that is issued, chosen on an empty table, is read whole
                returning id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at, paused_ms, load_test,
                          state, null as refused
                """)
                .param("ids", uuids(ids, id -> id))
                .query(AdmissionRow::readChange)
                .list();
    }

    /** Units that are neither taken nor promised; stock and promises in one look, since they change in one transaction. */
    public long freeUnits(SaleId sale) {
        return jdbc.sql("""
                select available - coalesce((
                       select sum(units)
                         from admission
                        where admission.sale_id = stock.sale_id
                          and state in ('ISSUED', 'ORDERED')), 0) as free
                  from stock
                 where sale_id = :sale
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getLong("free"))
                .optional()
                .orElse(0L);
    }
}
