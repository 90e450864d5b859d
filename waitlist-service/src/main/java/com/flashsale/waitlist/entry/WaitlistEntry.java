package com.flashsale.waitlist.entry;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer who wants a unit after sold out.
 *
 * @param place the number of the ticket that was shown, else {@link #BEHIND_ALL_TICKETS}; entries of one place go by
 *     turn
 * @param turn of the database's sequence: the smaller, the earlier it was committed
 * @param admission of the last offer
 */
record WaitlistEntry(
        UUID id,
        SaleId sale,
        CustomerId customer,
        long place,
        long turn,
        EntryState state,
        @Nullable UUID admission) {

    static final long BEHIND_ALL_TICKETS = Long.MAX_VALUE;

    static WaitlistEntry read(ResultSet row, int position) throws SQLException {
        return new WaitlistEntry(
                row.getObject("id", UUID.class),
                new SaleId(row.getObject("sale_id", UUID.class)),
                new CustomerId(row.getObject("customer_id", UUID.class)),
                row.getLong("place"),
                row.getLong("turn"),
                EntryState.valueOf(row.getString("state")),
                row.getObject("admission_id", UUID.class));
    }
}
