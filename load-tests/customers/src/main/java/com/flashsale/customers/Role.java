package com.flashsale.customers;

/**
 * The plan of one customer, decided before the sale.
 *
 * @param comesBack how often the customer asks again after the full house turned them away
 * @param joinsWaitlist true when the customer joins the waitlist after "sold out"
 */
public record Role(Habit habit, int comesBack, boolean joinsWaitlist) {

    /** Wants the thing and pays for it. */
    public static final Role BUYER = new Role(Habit.PAYS, 0, true);
}
