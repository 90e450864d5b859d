package com.flashsale.reports.plan;

/**
 * One line of a plan.
 *
 * @param formula the computation with its inputs
 */
record Row(String name, String formula, double value, String unit, Basis basis) {

    enum Basis {
        /** A measured value, scaled by no more than {@link #FAR}. */
        MEASURED,
        /** A measured value, scaled beyond {@link #FAR}: no run has confirmed it. */
        EXTRAPOLATED,
        /** A chosen number. */
        ASSUMED;

        private static final double FAR = 4;

        static Basis scaledBy(double factor) {
            return factor <= FAR ? MEASURED : EXTRAPOLATED;
        }
    }
}
