package com.flashsale.waitlist.entry;

import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.sale.SaleId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Moves entries without their owners: each move leaves only certain states, so it happens once. */
@Repository
class EntryTransitions {

    private static final String MAY_BUY = """
                   and coalesce((select purchase_limit
                                   from sale
                                  where sale.sale_id = entry.sale_id), 2147483647)
                       > (select coalesce(sum(units), 0)
                            from admitted_order
                           where admitted_order.sale_id = entry.sale_id
                             and admitted_order.customer_id = entry.customer_id
                             and stage <> 2)
            """;

    /**
     * Whether an entry may get a unit now: its customer holds no admission of the sale, which is a chance already, and
     * may still buy. Each is looked up alone: joins, planned on an empty table, would read all promises of the sale for
     * each entry.
     */
    private static final String ELIGIBLE = """
                   and not exists (select 1
                                     from admission
                                    where admission.sale_id = entry.sale_id
                                      and admission.customer_id = entry.customer_id
                                      and admission.state = 'ISSUED'
                                   offset 0)
            """ + MAY_BUY;

    private final JdbcClient jdbc;

    EntryTransitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next entries that may have a unit; the others are passed over and keep their places. */
    List<WaitlistEntry> next(SaleId sale, long limit) {
        return jdbc.sql("""
                select id, sale_id, customer_id, place, turn, state, admission_id
                  from waitlist_entry as entry
                 where sale_id = :sale
                   and state = 'WAITING'
                """ + ELIGIBLE + """
                 order by place, turn
                 limit :limit
                   for update
                """)
                .param("sale", sale.value())
                .param("limit", limit)
                .query(WaitlistEntry::read)
                .list();
    }

    /** Whether an entry waits whose customer may still buy. */
    boolean anybodyWaits(SaleId sale) {
        return jdbc.sql("""
                select exists (select 1
                                 from waitlist_entry as entry
                                where sale_id = :sale
                                  and state = 'WAITING'
                """ + MAY_BUY + """
                                ) as waits
                """)
                .param("sale", sale.value())
                .query((row, _) -> row.getBoolean("waits"))
                .single();
    }

    /**
     * Those who only wait, when the sale goes on by numbers: their limit is used up, and with a unit less they may join
     * the queue.
     */
    List<WaitlistEntry> closeWaiting(SaleId sale) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'CLOSED'
                 where sale_id = :sale
                   and state = 'WAITING'
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("sale", sale.value())
                .query(WaitlistEntry::read)
                .list();
    }

    /** Those of these offers that were written as admissions. */
    List<WaitlistEntry> offer(List<Admission> offers) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'OFFERED',
                       admission_id = admission.id
                  from admission
                 where admission.id = any(:ids)
                   and waitlist_entry.id = admission.entry_id
                   and waitlist_entry.state = 'WAITING'
                returning waitlist_entry.id, waitlist_entry.sale_id, waitlist_entry.customer_id, place, turn,
                          waitlist_entry.state, admission_id
                """)
                .param("ids", uuids(offers, Admission::id))
                .query(WaitlistEntry::read)
                .list();
    }

    /** An order counts even if its news comes after the offer had ended here. */
    List<WaitlistEntry> ordered(Collection<UUID> admissions) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'ORDERED'
                 where admission_id = any(:admissions)
                   and state <> 'ORDERED'
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("admissions", uuids(admissions, id -> id))
                .query(WaitlistEntry::read)
                .list();
    }

    /** These were not used, or their orders were refused. */
    List<WaitlistEntry> lapsed(Collection<UUID> admissions) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'LAPSED'
                 where admission_id = any(:admissions)
                   -- a fence: an index of all who hope, chosen on an empty table, is read whole
                   and state || '' in ('OFFERED', 'ORDERED')
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("admissions", uuids(admissions, id -> id))
                .query(WaitlistEntry::read)
                .list();
    }

    /**
     * Back to the place it had: a unit was offered and then was not there. Forgets the offer, so that this happens
     * once.
     */
    List<WaitlistEntry> backToHead(Collection<UUID> admissions) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'WAITING',
                       admission_id = null
                 where admission_id = any(:admissions)
                   and not exists (select 1
                                     from waitlist_entry as alive
                                    where alive.sale_id = waitlist_entry.sale_id
                                      and alive.customer_id = waitlist_entry.customer_id
                                      and alive.id <> waitlist_entry.id
                                      and alive.state in ('WAITING', 'OFFERED'))
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("admissions", uuids(admissions, id -> id))
                .query(WaitlistEntry::read)
                .list();
    }
}
