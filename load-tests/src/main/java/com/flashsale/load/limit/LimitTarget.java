package com.flashsale.load.limit;

import com.flashsale.load.workload.Workloads;
import java.util.List;
import java.util.Locale;

/**
 * An operation with a limit: the search finds its highest sustained rate.
 *
 * @param start the first rate of the search
 * @param ceiling the highest rate; beyond it the injector or the number of shoppers would limit the run
 */
public record LimitTarget(String name, Workloads workload, Criteria criteria, double start, double ceiling) {

    public LimitTarget startingAt(double rate) {
        return new LimitTarget(name, workload, criteria, rate, ceiling);
    }

    public static List<LimitTarget> all() {
        return List.of(
                new LimitTarget("browse", Workloads.BROWSE, Criteria.ACCEPTED, 400, 20_000),
                new LimitTarget("poll", Workloads.POLL, Criteria.ACCEPTED, 800, 20_000),
                new LimitTarget("join", Workloads.JOIN, Criteria.ACCEPTED, 150, 3_000),
                new LimitTarget("newcomers", Workloads.NEWCOMERS, Criteria.ACCEPTED, 50, 3_000),
                new LimitTarget("accepted", Workloads.ORDER, Criteria.ACCEPTED, 150, 3_000),
                new LimitTarget("settled", Workloads.ORDER, Criteria.SETTLED, 150, 3_000),
                new LimitTarget("journey", Workloads.JOURNEY, Criteria.SETTLED, 60, 1_000));
    }

    public static LimitTarget named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--only must be one of "
                        + all().stream().map(LimitTarget::name).toList() + ": " + name));
    }
}
