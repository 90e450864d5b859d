package com.flashsale.gateway.route;

/** What a request costs while it is under way, and how dear it is to us: under load the cheapest to lose is refused first. */
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

    /** How much of the limit may be in use before this kind is refused. */
    public double share() {
        return share;
    }
}
