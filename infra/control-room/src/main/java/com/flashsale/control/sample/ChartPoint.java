package com.flashsale.control.sample;

import com.flashsale.control.sample.Sample.SaleNow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one second that the charts show. Names are short, because ten minutes of them go to each new browser.
 *
 * @param t milliseconds since 1970
 * @param o orders per second: placed, paid, refused; null while order-service is away
 * @param l latency of orders in milliseconds: p50, p95, p99; null without an order
 * @param r responses per second: all, refused (401 to 499 and 503), errors (other 5xx); null while the gateway is away
 * @param s by sale: available, reserved, sold, waiting, numbers served per second, waitlist
 */
public record ChartPoint(
        long t,
        @Nullable List<Double> o,
        @Nullable List<Double> l,
        @Nullable List<Double> r,
        Map<String, List<Double>> s) {

    /** Sales in a point; the others have ended. */
    private static final int SALES = 6;

    private static final double ROUNDING = 10;

    public static ChartPoint of(Sample sample) {
        var traffic = sample.traffic();
        var latency = traffic.latency();
        var orders = traffic.orders();
        var sales = new HashMap<String, List<Double>>();
        Objects.requireNonNullElse(sample.sales(), List.<SaleNow>of()).stream()
                .filter(sale -> !sale.state().equals("ENDED") || sale.id().equals(sample.focus()))
                .limit(SALES)
                .forEach(sale -> sales.put(sale.id(), figures(sale)));
        return new ChartPoint(
                sample.at(),
                orders.isEmpty() ? null : numbers(of(orders, "PLACED"), of(orders, "PAID"), of(orders, "REFUSED")),
                latency == null ? null : numbers(latency.p50(), latency.p95(), latency.p99()),
                traffic.requests() == null
                        ? null
                        : numbers(traffic.requests(), refused(traffic.responses()), errors(traffic.responses())),
                sales);
    }

    private static List<Double> figures(SaleNow sale) {
        return Stream.of(
                        (double) sale.available(),
                        (double) sale.reserved(),
                        (double) sale.sold(),
                        (double) sale.waiting(),
                        rounded(sale.servedPerSecond()),
                        (double) sale.waitlist())
                .toList();
    }

    private static double of(Map<String, Double> orders, String state) {
        return orders.getOrDefault(state, 0.0);
    }

    private static double refused(Map<String, Double> responses) {
        return sum(responses, status -> status.startsWith("4") || status.equals("503"));
    }

    private static double errors(Map<String, Double> responses) {
        return sum(responses, status -> status.startsWith("5") && !status.equals("503"));
    }

    private static double sum(Map<String, Double> responses, Predicate<String> statuses) {
        return responses.entrySet().stream()
                .filter(response -> statuses.test(response.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static List<Double> numbers(double... values) {
        return Arrays.stream(values).mapToObj(ChartPoint::rounded).toList();
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDING) / ROUNDING;
    }
}
