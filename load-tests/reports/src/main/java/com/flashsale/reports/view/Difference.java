package com.flashsale.reports.view;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The change of a mean from one run to another, with a two-sided 99 % interval: a percentile interval of the ratio of
 * the means (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13) by the moving-block bootstrap
 * (Künsch, "The Jackknife and the Bootstrap for General Stationary Observations", Annals of Statistics 17, 1989).
 * Neighbouring seconds resemble each other, so blocks of them are drawn, not single ones; a block has the third root of
 * their number (Hall, Horowitz and Jing, Biometrika 82, 1995).
 *
 * <p>The interval covers what varies within a run. Two runs also differ by the neighbours on their host, which only
 * more runs can show.
 *
 * @param change of the mean as a share, 0.1 for a tenth more
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
record Difference(double change, double low, double high) {

    /** Fewer samples than these say too little about their own spread. */
    static final int FEWEST = 10;

    private static final int DRAWS = 2_000;
    private static final double OUTSIDE = 0.01;

    /** The same samples always give the same interval. */
    private static final long SEED = 1;

    /** Empty for fewer than {@link #FEWEST} samples, and for a mean of zero, which has no ratio. */
    static Optional<Difference> of(double[] before, double[] after) {
        if (Math.min(before.length, after.length) < FEWEST || mean(before) == 0) return Optional.empty();
        var random = new SplittableRandom(SEED);
        var ratios = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double drawn = drawnMean(before, random);
            double drawnAfter = drawnMean(after, random);
            ratios[draw] = drawn == 0 ? 0 : drawnAfter / drawn - 1;
        }
        Arrays.sort(ratios);
        int outside = (int) (DRAWS * OUTSIDE / 2);
        return Optional.of(
                new Difference(mean(after) / mean(before) - 1, ratios[outside], ratios[DRAWS - 1 - outside]));
    }

    /** Whether the runs differ by more than what varies within them. */
    boolean isReal() {
        return low > 0 || high < 0;
    }

    private static double drawnMean(double[] samples, SplittableRandom random) {
        int block = Math.max(1, (int) Math.round(Math.cbrt(samples.length)));
        double sum = 0;
        int drawn = 0;
        while (drawn < samples.length) {
            int from = random.nextInt(samples.length - block + 1);
            for (int i = from; i < from + block && drawn < samples.length; i++, drawn++) sum += samples[i];
        }
        return sum / drawn;
    }

    private static double mean(double[] samples) {
        return Arrays.stream(samples).average().orElse(0);
    }
}
