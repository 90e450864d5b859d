package com.flashsale.load.plan;

/**
 * One line of a plan.
 *
 * @param formula with its inputs
 */
record Row(String name, String formula, double value, String unit, Basis basis) {

    enum Basis {
        /** What was measured, scaled by no more than {@link #FAR}. */
        MEASURED,
        /** Scaled beyond that: nobody has seen it. */
        EXTRAPOLATED,
        /** A number that somebody chose. */
        ASSUMED;

        private static final double FAR = 4;

        static Basis scaledBy(double factor) {
            return factor <= FAR ? MEASURED : EXTRAPOLATED;
        }
    }
}
