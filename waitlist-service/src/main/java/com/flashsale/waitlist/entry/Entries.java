package com.flashsale.waitlist.entry;

import static com.flashsale.platform.sql.Columns.longs;
import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The entries as customers make and read them. */
@Repository
class Entries {

    private final JdbcClient jdbc;

    Entries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param number of the ticket that the customer showed */
    record Wanted(
            UUID id,
            SaleId sale,
            CustomerId customer,
            @Nullable Long number) {}

    /**
     * Adds entries for sales that are sold out and customers who are not on the list yet, in this order. A ticket keeps
     * its place once, and only if its turn had not come: otherwise a buyer would stand in front of all customers who
     * never could buy.
     */
    List<WaitlistEntry> add(List<Wanted> wanted) {
        return jdbc.sql("""
                insert into waitlist_entry (id, sale_id, customer_id, place, state)
                select id, sale_id, customer_id,
                       case when number > sold_out_serving
                             and not exists (select 1
                                               from waitlist_entry as earlier
                                              where earlier.sale_id = wanted.sale_id
                                                and earlier.customer_id = wanted.customer_id)
                            then number
                            else :behind
                        end,
                       'WAITING'
                  from unnest(:ids, :sales, :customers, :numbers) with ordinality
                    as wanted (id, sale_id, customer_id, number, came)
                  join waiting_room using (sale_id)
                 where phase % 2 = 1
                 order by came
                on conflict (sale_id, customer_id) where state in ('WAITING', 'OFFERED') do nothing
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("ids", uuids(wanted, Wanted::id))
                .param("sales", uuids(wanted, each -> each.sale().value()))
                .param("customers", uuids(wanted, each -> each.customer().value()))
                .param("numbers", longs(wanted, Wanted::number))
                .param("behind", WaitlistEntry.BEHIND_ALL_TICKETS)
                .query(WaitlistEntry::read)
                .list();
    }

    /** The open entries of these customers. */
    List<WaitlistEntry> alive(List<Wanted> wanted) {
        return jdbc.sql("""
                select id, sale_id, customer_id, place, turn, state, admission_id
                  from unnest(:sales, :customers) as wanted (of_sale, of_customer)
                 cross join lateral (select *
                                       from waitlist_entry
                                      where sale_id = of_sale
                                        and customer_id = of_customer
                                        and state in ('WAITING', 'OFFERED')
                                     -- a fence: as a plain join, planned on an empty table, each batch reads all
                                     offset 0) as theirs
                """)
                .param("sales", uuids(wanted, each -> each.sale().value()))
                .param("customers", uuids(wanted, each -> each.customer().value()))
                .query(WaitlistEntry::read)
                .list();
    }

    /**
     * The present positions: the number of entries in front, plus one. The lists of the sales are read once, however
     * many positions are asked for.
     */
    Map<UUID, Long> positions(Collection<WaitlistEntry> entries) {
        return jdbc
                .sql("""
                select id, position
                  from (select id, row_number() over (partition by sale_id order by place, turn) as position
                          from waitlist_entry
                         where sale_id = any(:sales)
                           and state = 'WAITING') as ranked
                 where id = any(:ids)
                """)
                .param("sales", uuids(entries, entry -> entry.sale().value()))
                .param("ids", uuids(entries, WaitlistEntry::id))
                .query((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getLong("position")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** All places that wait for a sale, in their order; an index alone has them. */
    List<EntryRank> waiting(SaleId sale, int limit) {
        return jdbc.sql("""
                select place, turn
                  from waitlist_entry
                 where sale_id = :sale
                   and state = 'WAITING'
                 order by place, turn
                 limit :limit
                """)
                .param("sale", sale.value())
                .param("limit", limit)
                .query((row, _) -> new EntryRank(row.getLong("place"), row.getLong("turn")))
                .list();
    }

    Optional<WaitlistEntry> find(UUID id, CustomerId owner) {
        return jdbc.sql("""
                select id, sale_id, customer_id, place, turn, state, admission_id
                  from waitlist_entry
                 where id = :id
                   and customer_id = :owner
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(WaitlistEntry::read)
                .optional();
    }

    /** A page of the owner's entries, oldest first, after this one. */
    List<WaitlistEntry> page(CustomerId owner, UUID after, int limit) {
        return jdbc.sql("""
                select id, sale_id, customer_id, place, turn, state, admission_id
                  from waitlist_entry
                 where customer_id = :owner
                   and id > :after
                 order by id
                 limit :limit
                """)
                .param("owner", owner.value())
                .param("after", after)
                .param("limit", limit)
                .query(WaitlistEntry::read)
                .list();
    }

    /** The owner leaves; empty if the entry had already ended. */
    Optional<WaitlistEntry> leave(UUID id, CustomerId owner) {
        return jdbc.sql("""
                update waitlist_entry
                   set state = 'LEFT'
                 where id = :id
                   and customer_id = :owner
                   and state in ('WAITING', 'OFFERED')
                returning id, sale_id, customer_id, place, turn, state, admission_id
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(WaitlistEntry::read)
                .optional();
    }
}
