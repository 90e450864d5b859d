package com.flashsale.reports.law;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * {@code cores = F + m x rate} of one process or of all.
 *
 * @param standingCores F, the cores that it takes at any rate; a negative one says that the line does not fit down to 0
 * @param standingMargin half of the 95 % interval of F
 * @param millisPerRequest m, milliseconds of processor time
 * @param millisMargin half of the 95 % interval of m
 * @param residualCores standard error of the measured cores about the line
 */
public record ProcessLaw(
        String process,
        double standingCores,
        double standingMargin,
        double millisPerRequest,
        double millisMargin,
        double residualCores) {

    private static final double MILLI = 1_000;

    static ProcessLaw of(String process, List<Hold> holds, ToDoubleFunction<Hold> cores) {
        return of(process, line(holds, cores));
    }

    static ProcessLaw of(String process, Line line) {
        return new ProcessLaw(
                process,
                line.intercept(),
                line.interceptMargin(),
                line.slope() * MILLI,
                line.slopeMargin() * MILLI,
                line.residual());
    }

    static Line line(List<Hold> holds, ToDoubleFunction<Hold> cores) {
        return new Line(
                holds.stream().mapToDouble(Hold::rate).toArray(),
                holds.stream().mapToDouble(cores).toArray());
    }

    public double coresAt(double rate) {
        return standingCores + millisPerRequest * rate / MILLI;
    }

    /** Whether F is surely below zero: then a request costs more at a higher rate, and no line describes that. */
    boolean bends() {
        return standingCores + standingMargin < 0;
    }
}
