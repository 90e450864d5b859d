package com.flashsale.launcher.demo;

import java.util.ArrayList;
import java.util.List;

/** How a sale went, look by look. Written by one thread. */
final class Timeline {

    /** After so many looks every second one is forgotten: a long sale takes no more memory than a short one. */
    private static final int MOST = 4_000;

    /**
     * @param millis since the opening, below zero in the lobby
     * @param at by the clock of the databases, in milliseconds of the epoch
     * @param waiting in the line: have a number, had no turn yet; nobody when it is sold out, the waitlist goes on from there
     * @param waitlist entries that wait for a unit to come back
     * @param promised admissions that are out and no order was placed with yet
     * @param told customers who know how it ended for them
     */
    record Look(
            long millis,
            long at,
            long available,
            long reserved,
            long sold,
            long issued,
            long serving,
            long waiting,
            long waitlist,
            long promised,
            long told) {}

    private final List<Look> looks = new ArrayList<>();

    void add(Look look) {
        looks.add(look);
        if (looks.size() > MOST) {
            for (int i = looks.size() - 2; i > 0; i -= 2) {
                looks.remove(i);
            }
        }
    }

    List<Look> looks() {
        return List.copyOf(looks);
    }
}
