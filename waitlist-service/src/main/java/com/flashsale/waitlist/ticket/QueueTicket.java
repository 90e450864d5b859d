package com.flashsale.waitlist.ticket;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import org.jspecify.annotations.Nullable;

/**
 * A place in the line, in the customer's own hands: it outlives a loss of Redis.
 *
 * @param number null in the lobby, where places are not drawn yet
 * @param place in the lobby, if it is by arrival
 */
public record QueueTicket(
        SaleId sale,
        CustomerId customer,
        @Nullable Long number,
        @Nullable Long place) {

    static QueueTicket numbered(SaleId sale, CustomerId customer, long number) {
        return new QueueTicket(sale, customer, number, null);
    }

    /** A place by arrival stands on the ticket; a drawn one is secret until the opening. */
    static QueueTicket ofLobby(SaleId sale, CustomerId customer, long place) {
        return new QueueTicket(sale, customer, null, LobbyDraw.isDrawn(place) ? null : Long.valueOf(place));
    }
}
