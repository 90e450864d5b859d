package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.KnownSale;

/** This replica has ticked the room of the sale, which is now in this state. */
public record RoomTicked(KnownSale sale, RoomState state) {}
