package com.flashsale.reports.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final int RUNS = 200;

    /** Seconds of a run whose latencies spread by a tenth and resemble their neighbours. */
    private static double[] run(long seed, int seconds, double mean) {
        var random = new Random(seed);
        var samples = new double[seconds];
        double drift = 0;
        for (int second = 0; second < seconds; second++) {
            drift = 0.3 * drift + random.nextGaussian(0, 0.1);
            samples[second] = mean * Math.exp(drift);
        }
        return samples;
    }

    private static long count(LongPredicate isSo) {
        return LongStream.range(0, RUNS).filter(isSo).count();
    }

    @Test
    void a_planted_slowdown_of_ten_percent_is_found() {
        long found = count(seed -> {
            var difference =
                    Difference.of(run(seed, 60, 100), run(seed + RUNS, 60, 110)).orElseThrow();
            return difference.isReal() && difference.change() > 0;
        });

        assertThat(found).isGreaterThan(RUNS * 9 / 10);
    }

    @Test
    void equal_runs_are_not_called_different() {
        long different = count(seed -> Difference.of(run(seed, 60, 100), run(seed + RUNS, 60, 100))
                .orElseThrow()
                .isReal());

        assertThat(different).isLessThan(RUNS * 5 / 100);
    }

    @Test
    void a_run_does_not_differ_from_itself() {
        var run = run(7, 60, 100);

        var difference = Difference.of(run, run).orElseThrow();

        assertThat(difference.change()).isZero();
        assertThat(difference.isReal()).isFalse();
    }

    @Test
    void the_interval_contains_the_change() {
        var difference = Difference.of(run(1, 60, 100), run(2, 60, 80)).orElseThrow();

        assertThat(difference.change()).isCloseTo(-0.2, within(0.06)).isBetween(difference.low(), difference.high());
        assertThat(difference.isReal()).isTrue();
    }

    @Test
    void few_seconds_and_a_mean_of_zero_have_no_interval() {
        assertThat(Difference.of(run(1, 9, 100), run(2, 60, 100))).isEmpty();
        assertThat(Difference.of(new double[0], new double[0])).isEmpty();
        assertThat(Difference.of(new double[20], run(2, 60, 100))).isEmpty();
    }
}
