package com.flashsale.control.live;

/**
 * One event on the time line.
 *
 * @param number grows by one with each marker
 * @param at milliseconds since 1970
 * @param kind PROCESS, SALE, FAULT, AUDIT or ACTION
 * @param grave true for what a person should look at
 */
public record Marker(long number, long at, Kind kind, String text, boolean grave) {

    public enum Kind {
        PROCESS,
        SALE,
        FAULT,
        AUDIT,
        ACTION
    }
}
