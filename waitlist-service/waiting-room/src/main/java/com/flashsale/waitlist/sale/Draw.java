package com.flashsale.waitlist.sale;

/** How the places of the lobby are given out when a sale opens. */
public enum Draw {
    /** By lot: being early gives no edge. */
    RANDOM,
    /** First come, first served. */
    FIFO
}
