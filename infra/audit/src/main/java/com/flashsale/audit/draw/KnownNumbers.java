package com.flashsale.audit.draw;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * Numbers of customers as far as PostgreSQL knows them: of those who were admitted, and of those who took their ticket
 * to the waitlist.
 */
public final class KnownNumbers {

    private KnownNumbers() {}

    public static List<Numbered> of(UUID sale, Databases databases) throws SQLException {
        var first = new HashMap<UUID, Long>();
        databases.read("waitlist", """
                select customer_id, min(number)
                  from (select customer_id, number
                          from admission
                         where number is not null
                           and sale_id = '%1$s'
                         union all
                        select customer_id, place
                          from waitlist_entry
                          join waiting_room using (sale_id)
                         where place <= issued
                           and sale_id = '%1$s') known
                 group by customer_id
                """.formatted(sale), row -> first.put(row.getObject(1, UUID.class), row.getLong(2)));
        return first.entrySet().stream()
                .map(entry -> new Numbered(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Numbered::number))
                .toList();
    }
}
