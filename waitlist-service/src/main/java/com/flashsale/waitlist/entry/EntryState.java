package com.flashsale.waitlist.entry;

import java.util.Locale;

/** WAITING, then OFFERED; all others are the end of it. */
enum EntryState {
    WAITING,
    /** A unit came back and is kept for this customer for a while. */
    OFFERED,
    ORDERED,
    /** The offer was not used in time. */
    LAPSED,
    LEFT,
    /** The sale has ended, or nothing can come back any more. */
    CLOSED;

    String fact() {
        return name().toLowerCase(Locale.ROOT);
    }
}
