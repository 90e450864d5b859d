package com.flashsale.launcher.crowd;

/** What a customer does once a unit is set aside. */
public enum Habit {
    PAYS,
    NEVER_PAYS,
    /** The first card is declined, the second one pays. */
    TRIES_ANOTHER_CARD,
    /** The card is declined, and that was that. */
    GIVES_UP_WHEN_DECLINED,
    CANCELS
}
