package com.flashsale.waitlist.entry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as its owner sees it.
 *
 * @param position 1 is next; 0 for one that waits no longer
 * @param units with OFFERED: the most that one order may ask for
 * @param pollAfterMs when it pays to look again; null when nothing will change
 * @param admission with OFFERED: place an order with it before it expires
 */
record EntryView(
        UUID id,
        UUID saleId,
        long position,
        EntryState state,
        @Nullable String admission,
        @Nullable Instant expiresAt,
        @Nullable Integer units,
        @Nullable Long pollAfterMs) {

    /** @param nextCursor null on the last page, and then written as null */
    record Page(
            List<EntryView> items, @JsonInclude @Nullable String nextCursor) {}
}
