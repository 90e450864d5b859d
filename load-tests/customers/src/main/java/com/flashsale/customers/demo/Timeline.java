package com.flashsale.customers.demo;

import java.util.ArrayList;
import java.util.List;

/** The course of a sale, look by look. Written by one thread. */
final class Timeline {

    /** The most looks. Beyond it every second one is dropped: a long sale takes no more memory than a short one. */
    private static final int MOST = 4_000;

    /**
     * @param millis since the opening, below zero in the lobby
     * @param at by the clock of the databases, in milliseconds of the epoch
     * @param waiting customers in the line that have a number and had no turn yet; 0 after sold out, when the waitlist
     *     goes on from there
     * @param waitlist entries that wait for a unit to come back
     * @param promised admissions that are out without an order yet
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
