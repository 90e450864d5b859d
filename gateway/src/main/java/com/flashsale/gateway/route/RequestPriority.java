package com.flashsale.gateway.route;

/**
 * Priority class of a request. Under load the gateway refuses the lowest class first. The names are also tags of the
 * meter {@code gateway.shed}.
 */
public enum RequestPriority {
    /** Answered from memory; never refused for load. */
    NOTHING(1.0),
    /** Held open for minutes; bounded by its own count. */
    STREAM(1.0),
    BROWSE(0.6),
    JOIN(0.75),
    ORDER(0.9),
    PAY(1.0);

    private final double share;

    RequestPriority(double share) {
        this.share = share;
    }

    /** Share of the limit that may be in use before this class is refused. */
    public double share() {
        return share;
    }
}
