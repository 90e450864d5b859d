package com.flashsale.control.sample;

import com.flashsale.control.figures.SaleFigures.Sale;
import com.flashsale.control.sample.Sample.SaleNow;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The recent past of each sale: the pace of its line, and when something last happened in it. */
final class SaleTrends {

    /** The pace is a mean over this many readings: numbers are checkpointed twice a second. */
    private static final int PACE_READINGS = 10;

    private static final double NANOS_PER_SECOND = 1e9;

    /** While nothing happens: the largest sale that runs, then the next one to open, then those that are over. */
    private static final Comparator<SaleNow> QUIET = Comparator.<SaleNow>comparingInt(sale -> rank(sale.state()))
            .thenComparingLong(sale -> sale.state().equals("SCHEDULED") ? sale.opensAt() : -sale.allotted());

    private record Look(long nanos, long serving) {}

    private static final class Trend {
        private final Deque<Look> looks = new ArrayDeque<>();
        private long activity;
        private long changedAt;
    }

    private final Map<String, Trend> trends = new HashMap<>();
    private @Nullable String focus;

    List<SaleNow> take(List<Sale> sales, long nanos) {
        trends.keySet().retainAll(sales.stream().map(Sale::id).collect(Collectors.toSet()));
        var now = sales.stream().map(sale -> now(sale, nanos)).toList();
        focus = focusOf(now);
        return now;
    }

    /** The sale in which something happened last; else the first by {@link #QUIET}; null without a sale. */
    @Nullable
    String focus() {
        return focus;
    }

    private SaleNow now(Sale sale, long nanos) {
        var known = trends.get(sale.id());
        var trend = known == null ? new Trend() : known;
        trends.put(sale.id(), trend);
        long activity = sale.reserved() + 2 * sale.sold() + sale.issued() + sale.waitlist() + sale.admitted();
        // a first look is no news: most of these sales ended long ago
        if (known != null && activity != trend.activity) trend.changedAt = nanos;
        trend.activity = activity;
        trend.looks.addLast(new Look(nanos, sale.serving()));
        while (trend.looks.size() > PACE_READINGS + 1) trend.looks.removeFirst();
        double pace = pace(trend.looks);
        return new SaleNow(
                sale.id(),
                sale.name(),
                sale.state(),
                sale.loadTest(),
                sale.opensAt(),
                sale.closesAt(),
                sale.admissionsPerSecond(),
                sale.allotted(),
                sale.available(),
                sale.reserved(),
                sale.sold(),
                sale.issued(),
                sale.serving(),
                sale.waiting(),
                pace,
                waitOf(sale.waiting(), pace),
                sale.admitted(),
                sale.waitlist());
    }

    private static double pace(Deque<Look> looks) {
        var first = looks.getFirst();
        var last = looks.getLast();
        double seconds = (last.nanos() - first.nanos()) / NANOS_PER_SECOND;
        return seconds <= 0 ? 0 : Math.max(0, last.serving() - first.serving()) / seconds;
    }

    private static @Nullable Double waitOf(long waiting, double pace) {
        if (waiting == 0) return 0.0;
        return pace <= 0 ? null : waiting / pace;
    }

    private static int rank(String state) {
        return switch (state) {
            case "SCHEDULED" -> 1;
            case "ENDED" -> 2;
            default -> 0;
        };
    }

    private @Nullable String focusOf(List<SaleNow> sales) {
        String best = null;
        long latest = Long.MIN_VALUE;
        for (var sale : sales) {
            var trend = trends.get(sale.id());
            if (trend == null || trend.changedAt == 0) continue;
            if (best == null || trend.changedAt - latest > 0) {
                best = sale.id();
                latest = trend.changedAt;
            }
        }
        if (best != null) return best;
        return sales.stream().min(QUIET).map(SaleNow::id).orElse(null);
    }
}
