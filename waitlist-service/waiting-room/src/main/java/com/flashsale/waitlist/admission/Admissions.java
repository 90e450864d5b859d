package com.flashsale.waitlist.admission;

import static com.flashsale.platform.sql.Columns.instants;
import static com.flashsale.platform.sql.Columns.ints;
import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.texts;
import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.waitlist.sale.SaleId;
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

    private static final String INSERT = """
                insert into admission (id, sale_id, customer_id, units, source, number, entry_id, state,
                                       issued_at, expires_at, lapses_at, paused_ms)
                select id, sale_id, customer_id, least(units, allowed), source, number, entry_id, 'ISSUED',
                       issued_at, expires_at, lapses_at, paused_ms
                  from unnest(:ids, :sales, :customers, :units, :sources, :numbers, :entries, :issued,
                              :expires, :lapses, :paused)
                    as fresh (id, sale_id, customer_id, units, source, number, entry_id, issued_at, expires_at,
                              lapses_at, paused_ms)
                 cross join lateral (select coalesce((select purchase_limit
                                                        from sale
                                                       where sale.sale_id = fresh.sale_id), fresh.units)
                                            - coalesce(sum(taken.units), 0) as allowed
                                       from admitted_order as taken
                                      where taken.sale_id = fresh.sale_id
                                        and taken.customer_id = fresh.customer_id
                                        and taken.stage <> 2
                                     -- a fence: a plan made on an empty table may not read all orders
                                     offset 0) as still
                 where allowed > 0
                 order by sale_id, customer_id
                on conflict do nothing
                """;

    private final JdbcClient jdbc;

    Admissions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes the admissions whose customers hold no other one of the sale and may still buy, with no more units than
     * the purchase limit leaves. The unique index decides between twins.
     */
    public void insert(List<Admission> issued) {
        jdbc.sql(INSERT)
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
                .update();
    }

    /** The time by the database's clock, which decides every irreversible step. */
    public Instant now() {
        return jdbc.sql("select now() as now")
                .query((row, _) -> row.getTimestamp("now").toInstant())
                .single();
    }

    /**
     * The rows of these admissions, and any other live admission of the same customers; a withdrawn one counts as
     * expired.
     */
    List<Admission> held(Collection<Admission> wanted) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at,
                       least(expires_at, withdrawn_at) as expires_at, lapses_at, paused_ms
                  from admission
                 where id = any(:ids)
                union
                select id, sale_id, customer_id, units, number, entry_id, issued_at,
                       least(expires_at, withdrawn_at) as expires_at, lapses_at, paused_ms
                  from unnest(:sales, :customers) as wanted (of_sale, of_customer)
                 cross join lateral (select *
                                       from admission
                                      where sale_id = of_sale
                                        and customer_id = of_customer
                                        and state = 'ISSUED'
                                     -- a fence: as a plain join, planned on an empty table, each batch reads all
                                     offset 0) as theirs
                """)
                .param("ids", uuids(wanted, Admission::id))
                .param("sales", uuids(wanted, each -> each.sale().value()))
                .param("customers", uuids(wanted, each -> each.customer().value()))
                .query(AdmissionRow::read)
                .list();
    }

    public Optional<Admission> find(UUID id) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at,
                       paused_ms
                  from admission
                 where id = :id
                """).param("id", id).query(AdmissionRow::read).optional();
    }

    /** The present states of these admissions. */
    public List<AdmissionChange> states(Collection<UUID> ids) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at,
                       paused_ms, state, null as refused
                  from admission
                 where id = any(:ids)
                """)
                .param("ids", uuids(ids, id -> id))
                .query(AdmissionRow::readChange)
                .list();
    }

    /** The admissions of the sale whose units are promised and not yet decided. */
    public List<AdmissionChange> undecided(SaleId sale) {
        return jdbc.sql("""
                select id, sale_id, customer_id, units, number, entry_id, issued_at, expires_at, lapses_at,
                       paused_ms, state, null as refused
                  from admission
                 where sale_id = :sale
                   and state in ('ISSUED', 'ORDERED')
                """)
                .param("sale", sale.value())
                .query(AdmissionRow::readChange)
                .list();
    }

    /** Numbers after this one, or in a gap, that had an admission in any state. */
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
     * Units that are neither taken nor promised; one statement reads stock and promises, since they change in one
     * transaction.
     */
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
