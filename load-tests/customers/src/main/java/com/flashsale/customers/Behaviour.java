package com.flashsale.customers;

/** The behaviour of a customer once a unit is set aside. */
public enum Behaviour {
    PAYS,
    NEVER_PAYS,
    /** The first card is declined, the second one pays. */
    TRIES_ANOTHER_CARD,
    /** The card is declined, and the customer gives up. */
    GIVES_UP_WHEN_DECLINED,
    CANCELS
}
