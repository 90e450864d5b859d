package com.flashsale.client.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * One letter and what became of it.
 *
 * @param sentTo {@code topic/partition/offset} of the copy; null where none was sent
 * @param note why, where there is something to say
 */
public record Result(
        Letter letter, Outcome outcome, @Nullable String sentTo, String note) {

    Result(Letter letter, Outcome outcome) {
        this(letter, outcome, null, "");
    }
}
