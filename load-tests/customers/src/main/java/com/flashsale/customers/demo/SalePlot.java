package com.flashsale.customers.demo;

import com.flashsale.reports.plot.Axis;
import com.flashsale.reports.plot.Plot;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A sale as a picture: where the units were, and where the people were, over time. Both axes begin at zero. */
final class SalePlot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 700;
    private static final Plot.Area UNITS = new Plot.Area(80, 80, 700, 230);
    private static final Plot.Area PEOPLE = new Plot.Area(80, 390, 700, 230);

    private static final String SOLD = "#1b7f5a";
    private static final String RESERVED = "#e0a030";
    private static final String AVAILABLE = "#c9d6e3";
    private static final String LINE = "#2f5fa8";
    private static final String WAITLIST = "#8a4fa0";
    private static final String TOLD = "#555555";

    private SalePlot() {}

    static String of(DemoResult played) {
        var result = played.result();
        var looks = played.timeline();
        var svg = new StringBuilder(16_384);
        var title = Plot.escaped(ResultPage.headline(result));
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"
                    font-family="system-ui, sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="80" y="34" font-size="19" font-weight="600">%s</text>
                <text x="80" y="56" fill="#555555">%s</text>
                """.formatted(WIDTH, HEIGHT, title, Plot.escaped(caption(result))));
        var time =
                Axis.linear(looks.stream().mapToDouble(SalePlot::seconds).max().orElse(1));
        units(svg, looks, time, result.units());
        people(svg, looks, time, result.customers());
        return svg.append("</svg>\n").toString();
    }

    private static String caption(SaleResult result) {
        var allPaid = result.seconds().toAllPaid();
        return String.format(
                Locale.ROOT,
                "sale %s, seed %d; %s; %d units came back and were sold again",
                result.saleId(),
                result.seed(),
                allPaid == null
                        ? "not everything was paid for"
                        : String.format(Locale.ROOT, "all paid after %.1f s", allPaid),
                result.books().freed());
    }

    private static void units(StringBuilder svg, List<Timeline.Look> looks, Axis time, int units) {
        var plot = new Plot(svg, UNITS, time, Axis.linear(units));
        plot.frame("units", "");
        plot.band(curve("available", AVAILABLE, looks, look -> look.sold() + look.reserved() + look.available()));
        plot.band(curve("reserved", RESERVED, looks, look -> look.sold() + look.reserved()));
        plot.band(curve("sold", SOLD, looks, Timeline.Look::sold));
    }

    private static void people(StringBuilder svg, List<Timeline.Look> looks, Axis time, int customers) {
        var plot = new Plot(svg, PEOPLE, time, Axis.linear(customers));
        plot.frame("customers", "seconds since the sale opened");
        plot.steps(curve("have their answer", TOLD, looks, Timeline.Look::told));
        plot.steps(curve("wait in the line", LINE, looks, Timeline.Look::waiting));
        plot.steps(curve("on the waitlist", WAITLIST, looks, Timeline.Look::waitlist));
    }

    private static Plot.Curve curve(
            String name, String colour, List<Timeline.Look> looks, ToDoubleFunction<Timeline.Look> value) {
        return new Plot.Curve(
                name,
                colour,
                looks.stream()
                        .filter(look -> look.millis() >= 0)
                        .map(look -> new Plot.Point(seconds(look), value.applyAsDouble(look)))
                        .toList());
    }

    private static double seconds(Timeline.Look look) {
        return look.millis() / 1000.0;
    }
}
