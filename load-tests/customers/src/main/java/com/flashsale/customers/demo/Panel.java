package com.flashsale.customers.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One pair of axes in an SVG. */
record Panel(StringBuilder svg, Area area, Axis across, Axis up) {

    private static final int LEGEND_GAP = 22;

    record Area(int x, int y, int width, int height) {

        int right() {
            return x + width;
        }

        int bottom() {
            return y + height;
        }
    }

    record Point(double x, double y) {}

    record Key(String name, String colour) {}

    void frame(String upName, String acrossName) {
        for (double tick : up.ticks()) {
            var y = y(tick);
            add("<line x1='%d' x2='%d' y1='%s' y2='%s' stroke='#e5e5e5'/>".formatted(area.x, area.right(), y, y));
            add("<text x='%d' y='%s' dy='4' text-anchor='end' fill='#555555'>%s</text>"
                    .formatted(area.x - 8, y, whole(tick)));
        }
        for (double tick : across.ticks()) {
            add("<text x='%s' y='%d' text-anchor='middle' fill='#555555'>%s</text>"
                    .formatted(x(tick), area.bottom() + 18, whole(tick)));
        }
        int middle = area.y + area.height / 2;
        add("<text x='24' y='%d' text-anchor='middle' transform='rotate(-90 24 %d)'>%s</text>"
                .formatted(middle, middle, upName));
        add("<text x='%d' y='%d' text-anchor='middle'>%s</text>"
                .formatted(area.x + area.width / 2, area.bottom() + 40, acrossName));
    }

    /** Draws a band that is filled down to zero: of bands drawn one over another, the largest comes first. */
    void band(List<Point> points, String colour) {
        if (points.isEmpty()) return;
        add("<path d='M%s %s %s V%s Z' fill='%s'/>"
                .formatted(x(points.getFirst().x()), y(0), steps(points), y(0), colour));
    }

    void line(List<Point> points, String colour) {
        if (points.isEmpty()) return;
        var first = points.getFirst();
        add("<path d='M%s %s %s' fill='none' stroke='%s' stroke-width='2'/>"
                .formatted(x(first.x()), y(first.y()), steps(points), colour));
    }

    void legend(List<Key> keys) {
        for (int i = 0; i < keys.size(); i++) {
            int y = area.y + 10 + i * LEGEND_GAP;
            int x = area.right() + 20;
            add("<rect x='%d' y='%d' width='14' height='14' fill='%s'/>"
                    .formatted(x, y, keys.get(i).colour()));
            add("<text x='%d' y='%d'>%s</text>"
                    .formatted(x + 20, y + 12, keys.get(i).name()));
        }
    }

    /** The steps of a line: a value holds until the next point. */
    private String steps(List<Point> points) {
        return points.stream()
                .map(point -> "H" + x(point.x()) + " V" + y(point.y()))
                .collect(Collectors.joining(" "));
    }

    private String x(double value) {
        return decimal(area.x + Math.clamp(value / across.end(), 0, 1) * area.width);
    }

    private String y(double value) {
        return decimal(area.bottom() - Math.clamp(value / up.end(), 0, 1) * area.height);
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
