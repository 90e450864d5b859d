package com.flashsale.customers;

/**
 * The plan of one customer, decided before the sale.
 *
 * @param comesBack how often the customer asks again after the full house turned them away
 * @param joinsWaitlist true when the customer joins the waitlist after "sold out"
 */
public record CustomerProfile(Behaviour behaviour, int comesBack, boolean joinsWaitlist) {

    /** Wants the thing and pays for it. */
    public static final CustomerProfile BUYER = new CustomerProfile(Behaviour.PAYS, 0, true);
}
