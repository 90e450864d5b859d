package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.sale.SaleId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Waitlists with entries that still wait or hold an offer, and their end. */
@Repository
class OpenWaitlists {

    private final JdbcClient jdbc;

    OpenWaitlists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param ended by the database's clock: what it says cannot be undone, and the replicas' clocks may be wrong */
    record OpenWaitlist(SaleId sale, boolean ended) {}

    /** Sales with entries that still wait or hold an offer. */
    List<OpenWaitlist> all() {
        return jdbc.sql("""
                select sale_id, coalesce(least(closes_at, ended_at) <= now(), false) as ended
                  from waiting_room
                  left join sale using (sale_id)
                 where exists (select 1
                                 from waitlist_entry
                                where waitlist_entry.sale_id = waiting_room.sale_id
                                  and state in ('WAITING', 'OFFERED')
                               offset 0) -- a fence: as a join, planned on an empty table, each look reads all who hope
                """)
                .query((row, _) ->
                        new OpenWaitlist(new SaleId(row.getObject("sale_id", UUID.class)), row.getBoolean("ended")))
                .list();
    }

    List<WaitlistEntry> close(SaleId sale, int limit) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'CLOSED'
                 where id in (select id
                                from waitlist_entry
                               where sale_id = :sale
                                 and state in ('WAITING', 'OFFERED')
                               order by id
                               limit :limit
                                 for update)
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("sale", sale.value())
                .param("limit", limit)
                .query(WaitlistEntry::read)
                .list();
    }
}
