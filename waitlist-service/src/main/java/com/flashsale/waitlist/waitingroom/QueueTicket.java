package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import org.jspecify.annotations.Nullable;

/**
 * A place in the line, in the customer's own hands: it outlives a loss of Redis.
 *
 * @param number nothing in the lobby, where places are not drawn yet
 * @param place in the lobby, where the draw goes by arrival
 */
public record QueueTicket(
        SaleId sale,
        CustomerId customer,
        @Nullable Long number,
        @Nullable Long place) {}
