package com.flashsale.customers.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A sale as a picture: where the units were, and where the people were, over time. Both axes begin at zero. */
final class Plot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 700;
    private static final Panel.Area UNITS = new Panel.Area(80, 80, 700, 230);
    private static final Panel.Area PEOPLE = new Panel.Area(80, 390, 700, 230);

    private static final String SOLD = "#1b7f5a";
    private static final String RESERVED = "#e0a030";
    private static final String AVAILABLE = "#c9d6e3";
    private static final String LINE = "#2f5fa8";
    private static final String WAITLIST = "#8a4fa0";
    private static final String TOLD = "#555555";

    private Plot() {}

    static String of(DemoResult played) {
        var result = played.result();
        var looks = played.timeline();
        var svg = new StringBuilder(16_384);
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="80" y="34" font-size="19" font-weight="600">%s</text>
                <text x="80" y="56" fill="#555555">%s</text>
                """.formatted(WIDTH, HEIGHT, escaped(ResultPage.headline(result)), escaped(caption(result))));
        var time = Axis.of(looks.stream().mapToDouble(Plot::seconds).max().orElse(1));
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
        var panel = new Panel(svg, UNITS, time, Axis.of(units));
        panel.frame("units", "");
        panel.band(points(looks, look -> look.sold() + look.reserved() + look.available()), AVAILABLE);
        panel.band(points(looks, look -> look.sold() + look.reserved()), RESERVED);
        panel.band(points(looks, Timeline.Look::sold), SOLD);
        panel.legend(List.of(
                new Panel.Key("available", AVAILABLE),
                new Panel.Key("reserved", RESERVED),
                new Panel.Key("sold", SOLD)));
    }

    private static void people(StringBuilder svg, List<Timeline.Look> looks, Axis time, int customers) {
        var panel = new Panel(svg, PEOPLE, time, Axis.of(customers));
        panel.frame("customers", "seconds since the sale opened");
        panel.line(points(looks, Timeline.Look::waiting), LINE);
        panel.line(points(looks, Timeline.Look::waitlist), WAITLIST);
        panel.line(points(looks, Timeline.Look::told), TOLD);
        panel.legend(List.of(
                new Panel.Key("have their answer", TOLD),
                new Panel.Key("wait in the line", LINE),
                new Panel.Key("on the waitlist", WAITLIST)));
    }

    private static List<Panel.Point> points(List<Timeline.Look> looks, ToDoubleFunction<Timeline.Look> value) {
        return looks.stream()
                .filter(look -> look.millis() >= 0)
                .map(look -> new Panel.Point(seconds(look), value.applyAsDouble(look)))
                .toList();
    }

    private static double seconds(Timeline.Look look) {
        return look.millis() / 1000.0;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
