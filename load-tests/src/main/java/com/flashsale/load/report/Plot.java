package com.flashsale.load.report;

import com.flashsale.load.observe.Series;
import java.util.List;

/** A plot over time as SVG. Axes begin at zero, or are said to be logarithmic. */
final class Plot {

    /** @param css name of the colour */
    record Line(String name, String css, List<Series.Point> points) {}

    private static final int WIDTH = 760;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final int TICKS = 4;

    private final String unit;
    private final boolean logarithmic;
    private final List<Line> lines;
    private final double lastSecond;
    private final double highest;

    private Plot(String unit, boolean logarithmic, List<Line> lines) {
        this.unit = unit;
        this.logarithmic = logarithmic;
        this.lines = lines;
        this.lastSecond = Math.max(1, max(true));
        this.highest = Math.max(1, max(false));
    }

    static String linear(String unit, List<Line> lines) {
        return new Plot(unit, false, lines).svg();
    }

    static String logarithmic(String unit, List<Line> lines) {
        return new Plot(unit + ", logarithmic", true, lines).svg();
    }

    private double max(boolean seconds) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> seconds ? point.seconds() : point.value())
                .max()
                .orElse(1);
    }

    private String svg() {
        var svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">".formatted(WIDTH, HEIGHT, unit));
        for (int i = 0; i <= TICKS; i++) {
            double share = (double) i / TICKS;
            double y = HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                    .formatted(LEFT, WIDTH - RIGHT, y, y));
            svg.append(text(LEFT - 6, y + 4, "end", number(valueAt(share))));
            svg.append(text((int) x(lastSecond * share), HEIGHT - BOTTOM + 16, "middle", number(lastSecond * share)));
        }
        svg.append(text(WIDTH / 2, HEIGHT - 6, "middle", "seconds from the start"));
        svg.append(text(LEFT, TOP - 2, "start", unit));
        lines.forEach(line -> svg.append(path(line)));
        return svg.append("</svg>").append(legend()).toString();
    }

    private static String text(int x, double y, String anchor, String text) {
        return "<text x=\"%d\" y=\"%.1f\" text-anchor=\"%s\">%s</text>".formatted(x, y, anchor, Html.escape(text));
    }

    private String path(Line line) {
        var points = new StringBuilder();
        for (var point : line.points()) {
            points.append("%.1f,%.1f ".formatted(x(point.seconds()), y(point.value())));
        }
        return "<polyline class=\"%s\" points=\"%s\"/>"
                .formatted(line.css(), points.toString().strip());
    }

    private String legend() {
        var legend = new StringBuilder("<p class=\"legend\">");
        lines.forEach(line ->
                legend.append("<span class=\"%s\">&#9644; %s</span> ".formatted(line.css(), Html.escape(line.name()))));
        return legend.append("</p>").toString();
    }

    private double x(double seconds) {
        return LEFT + seconds / lastSecond * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double share =
                logarithmic ? Math.log10(Math.max(1, value)) / Math.log10(Math.max(10, highest)) : value / highest;
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private double valueAt(double share) {
        return logarithmic ? Math.pow(Math.max(10, highest), share) : highest * share;
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value) ? "%.0f".formatted(value) : "%.1f".formatted(value);
    }
}
