package com.flashsale.load.limit;

/**
 * Looks for the highest rate that is held: up in steps until one is not, then halving the gap. A rate that was held at
 * all counts only as a lower bound, so a lucky or an unlucky trial costs precision, not truth.
 *
 * @param start the first rate that is tried
 * @param factor of one step
 * @param precision the gap between held and not held at the end, as a share of the held rate
 * @param ceiling no higher rate is tried; beyond it the injector or the number of shoppers would limit the run
 */
public record Search(double start, double factor, double precision, double ceiling) {

    private static final double LOWEST = 1;

    /** Tries a rate. */
    @FunctionalInterface
    public interface Probe {
        boolean holds(double rate) throws Exception;
    }

    public Search {
        if (factor <= 1 || precision <= 0 || start < LOWEST || ceiling < start) {
            throw new IllegalArgumentException("a search goes up, from " + start + " to " + ceiling);
        }
    }

    /** The highest rate that was seen to be held; 0 when not even one a second was. */
    public double highest(Probe probe) throws Exception {
        double held = 0;
        double failed = Double.POSITIVE_INFINITY;
        double rate = start;
        while (rate >= LOWEST && held < ceiling && (held == 0 || Double.isInfinite(failed))) {
            if (probe.holds(rate)) {
                held = rate;
                rate = Math.min(ceiling, rate * factor);
            } else {
                failed = rate;
                rate = rate / factor;
            }
        }
        while (held > 0 && failed < Double.POSITIVE_INFINITY && failed - held > held * precision) {
            double middle = (held + failed) / 2;
            if (probe.holds(middle)) held = middle;
            else failed = middle;
        }
        return held;
    }
}
