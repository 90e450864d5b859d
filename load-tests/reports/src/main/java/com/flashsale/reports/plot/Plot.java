package com.flashsale.reports.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One pair of axes in an SVG. Chart libraries such as XChart and JFreeChart draw by AWT, whose fonts a minimal server
 * lacks.
 */
public final class Plot {

    private static final int LEGEND_GAP = 22;

    public record Area(int x, int y, int width, int height) {

        int right() {
            return x + width;
        }

        int bottom() {
            return y + height;
        }
    }

    public record Point(double x, double y) {}

    public record Curve(String name, String colour, List<Point> points) {}

    private final StringBuilder svg;
    private final Area area;
    private final Axis across;
    private final Axis up;
    private int keys;

    public Plot(StringBuilder svg, Area area, Axis across, Axis up) {
        this.svg = svg;
        this.area = area;
        this.across = across;
        this.up = up;
    }

    /** Draws the grid and the names of both axes. */
    public void frame(String upName, String acrossName) {
        for (double tick : up.ticks()) {
            var y = y(tick);
            add("<line class='grid' x1='%d' x2='%d' y1='%s' y2='%s' stroke='#e5e5e5'/>"
                    .formatted(area.x, area.right(), y, y));
            add("<text x='%d' y='%s' dy='4' text-anchor='end' fill='#555555'>%s</text>"
                    .formatted(area.x - 8, y, whole(tick)));
        }
        for (double tick : across.ticks()) {
            add("<text x='%s' y='%d' text-anchor='middle' fill='#555555'>%s</text>"
                    .formatted(x(tick), area.bottom() + 18, whole(tick)));
        }
        int middle = area.y + area.height / 2;
        add("<text x='%d' y='%d' text-anchor='middle' transform='rotate(-90 %d %d)'>%s</text>"
                .formatted(area.x - 56, middle, area.x - 56, middle, escaped(upName)));
        add("<text x='%d' y='%d' text-anchor='middle'>%s</text>"
                .formatted(area.x + area.width / 2, area.bottom() + 40, escaped(acrossName)));
    }

    /** Draws a band that is filled down to zero: of bands drawn one over another, the largest comes first. */
    public void band(Curve curve) {
        if (!curve.points.isEmpty()) {
            var from = x(curve.points.getFirst().x());
            add("<path d='M%s %s %s V%s Z' fill='%s'/>".formatted(from, y(0), stepsOf(curve), y(0), curve.colour));
        }
        key(curve);
    }

    /** Draws a line on which each value holds until the next point. */
    public void steps(Curve curve) {
        line(curve, stepsOf(curve));
    }

    /** Draws a straight line from point to point. */
    public void line(Curve curve) {
        line(
                curve,
                curve.points.stream()
                        .map(point -> "L" + x(point.x()) + " " + y(point.y()))
                        .collect(Collectors.joining(" ")));
    }

    /** Draws each point alone, for values that no line joins. */
    public void dots(Curve curve) {
        for (var point : curve.points) {
            add("<circle cx='%s' cy='%s' r='3' fill='%s'/>".formatted(x(point.x()), y(point.y()), curve.colour));
        }
        key(curve);
    }

    private void line(Curve curve, String path) {
        if (!curve.points.isEmpty()) {
            var first = curve.points.getFirst();
            add("<path d='M%s %s %s' fill='none' stroke='%s' stroke-width='2'/>"
                    .formatted(x(first.x()), y(first.y()), path, curve.colour));
        }
        key(curve);
    }

    private String stepsOf(Curve curve) {
        return curve.points.stream()
                .map(point -> "H" + x(point.x()) + " V" + y(point.y()))
                .collect(Collectors.joining(" "));
    }

    /** Adds a curve to the legend on the right. */
    private void key(Curve curve) {
        int x = area.right() + 20;
        int y = area.y + 10 + keys++ * LEGEND_GAP;
        add("<rect x='%d' y='%d' width='14' height='14' fill='%s'/>".formatted(x, y, curve.colour));
        add("<text x='%d' y='%d'>%s</text>".formatted(x + 20, y + 12, escaped(curve.name)));
    }

    private String x(double value) {
        return decimal(area.x + across.share(value) * area.width);
    }

    private String y(double value) {
        return decimal(area.bottom() - up.share(value) * area.height);
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** A text as the content of an element or an attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
