package com.flashsale.reports.plan;

import java.time.Duration;

/**
 * The crowd that is planned for.
 *
 * @param headroom share of a replica's limit that stays free
 */
public record Demand(long users, Duration arrive, long units, double headroom) {

    private static final long MOST = 1_000_000_000;

    public Demand {
        if (users < 1 || users > MOST || units < 1 || units > MOST) {
            throw new IllegalArgumentException("--users and --units must be 1 to 1,000,000,000");
        }
        if (arrive.isZero() || arrive.isNegative()) throw new IllegalArgumentException("--arrive must be a time");
        if (headroom < 0 || headroom > 10) throw new IllegalArgumentException("--headroom must be 0 to 1000 percent");
    }

    /** Joins a second while they arrive. */
    double joins() {
        return users / (arrive.toMillis() / 1_000.0);
    }
}
