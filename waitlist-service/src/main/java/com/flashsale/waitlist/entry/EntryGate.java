package com.flashsale.waitlist.entry;

import static com.flashsale.platform.sql.Columns.uuids;

import com.flashsale.waitlist.entry.Entries.Wanted;
import com.flashsale.waitlist.sale.SaleId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Decides which customers may join a waitlist, and in which order. */
@Repository
class EntryGate {

    private final JdbcClient jdbc;

    EntryGate(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes other joins of these sales wait until the transaction ends. So the turns of entries are in the order of
     * their commits, and a position that was told never grows because of a later join.
     */
    void lineUp(Collection<SaleId> sales) {
        jdbc.sql("""
                select pg_advisory_xact_lock(hashtextextended('waitlist ' || sale_id, 0))
                  from (select sale_id
                          from unnest(:sales) as wanted (sale_id)
                         order by sale_id) as in_order
                """)
                .param("sales", uuids(sales, SaleId::value))
                .query((row, _) -> row.getRow())
                .list();
    }

    /** The requests among these of customers who hold or own as many units as the purchase limit allows. */
    Set<Wanted> limited(List<Wanted> wanted) {
        var ids = jdbc.sql("""
                select id
                  from unnest(:ids, :sales, :customers) as wanted (id, sale_id, customer_id)
                  join sale using (sale_id)
                 where purchase_limit <= (select coalesce(sum(units), 0)
                                            from admitted_order
                                           where admitted_order.sale_id = wanted.sale_id
                                             and admitted_order.customer_id = wanted.customer_id
                                             and stage <> 2)
                """)
                .param("ids", uuids(wanted, Wanted::id))
                .param("sales", uuids(wanted, each -> each.sale().value()))
                .param("customers", uuids(wanted, each -> each.customer().value()))
                .query((row, _) -> row.getObject("id", UUID.class))
                .set();
        return wanted.stream().filter(each -> ids.contains(each.id())).collect(Collectors.toSet());
    }
}
