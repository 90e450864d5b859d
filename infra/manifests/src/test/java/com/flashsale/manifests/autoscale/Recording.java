package com.flashsale.manifests.autoscale;

import java.util.Arrays;
import java.util.List;

/** The requests of a sale by kind in each second, planned by a load test or measured in one. */
public final class Recording {

    private final List<String> kinds;
    private final double[][] seconds;
    private final int stretch;

    /**
     * @param csv a line of names that begins with "second", then a line for each second; lines with # say where it is
     *     from
     * @param times as many visitors as in the load test
     * @param stretch seconds that each of its seconds lasts
     */
    public Recording(String csv, double times, int stretch) {
        this.stretch = stretch;
        var lines = csv.lines().filter(line -> !line.startsWith("#")).toList();
        var names = List.of(lines.getFirst().split(",", -1));
        kinds = names.subList(1, names.size());
        seconds = lines.stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .skip(1)
                        .mapToDouble(count -> Double.parseDouble(count) * times)
                        .toArray())
                .toArray(double[][]::new);
    }

    int length() {
        return seconds.length * stretch;
    }

    /** Cores that a service needs in a second; before and after the sale, those of its quietest second. */
    double cores(String service, int second, Measurements measured) {
        if (second >= 0 && second < length()) return cores(service, seconds[second / stretch], measured);
        return Arrays.stream(seconds)
                .mapToDouble(rates -> cores(service, rates, measured))
                .min()
                .orElse(0);
    }

    private double cores(String service, double[] rates, Measurements measured) {
        double sum = 0;
        for (var i = 0; i < rates.length; i++) sum += measured.cores(service, kinds.get(i), rates[i]);
        return sum;
    }
}
