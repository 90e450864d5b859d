package com.flashsale.load.inject;

/**
 * The time that the requests of one kind really took, which is the divisor of their rates. Used by one thread. The
 * planned time of a run is no divisor: a visitor sends many requests of a kind, and a slow platform takes longer.
 *
 * <p>Each time begins when the first request is due. Evenly spaced requests end one interval after the last is due, so
 * {@code n} of them cover {@code n / (n - 1)} of the time between the first and the last. No time is shorter than
 * {@link #SHORTEST}, because less than a second of requests says nothing about a rate per second.
 */
final class Span {

    /** In seconds. */
    static final double SHORTEST = 1;

    private static final double SECOND = 1e9;

    private long count;
    private long firstDue;
    private long lastDue;
    private long answers;
    private long lastAnswer;

    /** @param end when the answer came; only the answer to an accepted request prolongs the time */
    void add(long due, long end, boolean accepted) {
        firstDue = count == 0 ? due : Math.min(firstDue, due);
        lastDue = count == 0 ? due : Math.max(lastDue, due);
        count++;
        if (!accepted) return;
        lastAnswer = answers == 0 ? end : Math.max(lastAnswer, end);
        answers++;
    }

    /** The seconds in which the requests were due; the divisor of the offered rate. */
    double offered() {
        if (count < 2) return SHORTEST;
        return Math.max(SHORTEST, (lastDue - firstDue) / SECOND * count / (count - 1));
    }

    /**
     * The seconds until the last accepted answer; the divisor of the rate. A request without a good answer ends it no
     * later: one timeout must not lower the rate of all others.
     */
    double accepted() {
        return Math.max(offered(), answers == 0 ? 0 : (lastAnswer - firstDue) / SECOND);
    }
}
