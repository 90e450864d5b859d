package com.flashsale.launcher.crowd;

/**
 * What one customer will do, decided before the sale.
 *
 * @param comesBack times that he asks again after the full house turned him away
 * @param joinsWaitlist when told "sold out"
 */
public record Role(Habit habit, int comesBack, boolean joinsWaitlist) {

    /** Wants the thing and pays for it. */
    public static final Role BUYER = new Role(Habit.PAYS, 0, true);
}
