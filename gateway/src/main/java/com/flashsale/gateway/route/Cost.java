package com.flashsale.gateway.route;

/**
 * Priority class of a request: its cost while it is under way, and its value. Under load the least valuable class is
 * refused first.
 */
public enum Cost {
    /** Answered from memory; never refused for load. */
    NOTHING(1.0),
    /** Held open for minutes; bounded by its own count. */
    STREAM(1.0),
    BROWSE(0.6),
    JOIN(0.75),
    ORDER(0.9),
    PAY(1.0);

    private final double share;

    Cost(double share) {
        this.share = share;
    }

    /** Share of the limit that may be in use before this class is refused. */
    public double share() {
        return share;
    }
}
