package com.flashsale.waitlist.room;

/**
 * A room while it is sold out. While epoch and phase stay, it only gains customers with a number, and no customer
 * enters its lobby: equal states mean equal customers.
 *
 * @param numbered customers with a number
 * @param lobby customers in the lobby
 */
public record SoldOutState(long epoch, long phase, long issued, long numbered, long lobby) {

    public long customers() {
        return numbered + lobby;
    }
}
