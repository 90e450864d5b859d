package com.flashsale.waitlist.room;

import java.util.List;

/**
 * The reply of a script: a word, then its figures.
 *
 * @param epoch of the room that answered
 */
record Reply(long epoch, List<Object> parts) {

    String outcome() {
        return text(0);
    }

    boolean is(String outcome) {
        return outcome.equals(outcome());
    }

    /** Redis has no such room, or another one. */
    boolean isGone() {
        return is("GONE");
    }

    long number(int position) {
        return parts.get(position) instanceof Long number ? number : Long.parseLong(text(position));
    }

    String text(int position) {
        return String.valueOf(parts.get(position));
    }

    List<String> texts(int position) {
        return parts.get(position) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
