package com.flashsale.control.figures;

import java.util.List;

/** The sales that the control room shows, the switches, and the counters of the database server. */
public record SaleFigures(List<Sale> sales, List<Switch> switches, Server server) {

    /** A switch that operators turn off on bad days. */
    public record Switch(String name, boolean on) {}

    /**
     * One sale, from the tables of catalog, inventory and waitlist.
     *
     * @param state SCHEDULED, OPEN, PAUSED, SOLD_OUT or ENDED
     * @param opensAt milliseconds since 1970, like closesAt
     * @param issued the largest number of the line that was given out
     * @param serving the largest number whose turn has come
     * @param admitted admissions that are issued and not used yet
     * @param waitlist entries that wait or have an offer
     */
    public record Sale(
            String id,
            String name,
            String state,
            boolean loadTest,
            long opensAt,
            long closesAt,
            int admissionsPerSecond,
            long allotted,
            long reserved,
            long sold,
            long issued,
            long serving,
            long admitted,
            long waitlist) {

        public long available() {
            return allotted - reserved - sold;
        }

        public long waiting() {
            return Math.max(0, issued - serving);
        }
    }

    /**
     * Counters since the start of the server, over all databases.
     *
     * @param connections open at this moment
     * @param walBytes written to the write-ahead log
     * @param lockWaits locks for which a session waits at this moment
     */
    public record Server(
            long commits, long rollbacks, long deadlocks, long connections, long walBytes, long lockWaits) {}
}
