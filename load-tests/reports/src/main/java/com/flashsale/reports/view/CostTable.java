package com.flashsale.reports.view;

import com.flashsale.reports.plot.Plot;
import com.flashsale.reports.result.CostCard;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;

/** The cost card, in lines for a terminal and as a table of the page. */
final class CostTable {

    private final CostCard card;

    CostTable(CostCard card) {
        this.card = card;
    }

    void addTo(StringJoiner text) {
        text.add("  costs of each of %d orders and %d visitors".formatted(card.orders(), card.visitors()));
        for (var name : new TreeSet<>(card.cpuMillisPerVisitor().keySet())) {
            text.add("    %-18s %10s ms an order %10s ms a visitor"
                    .formatted(
                            name,
                            cell(card.cpuMillisPerOrder(), name, "%.3f"),
                            cell(card.cpuMillisPerVisitor(), name, "%.3f")));
        }
        for (var name : new TreeSet<>(card.bytesPerVisitor().keySet())) {
            text.add("    %-18s %10s bytes an order %7s bytes a visitor"
                    .formatted(
                            name,
                            cell(card.bytesPerOrder(), name, "%.0f"),
                            cell(card.bytesPerVisitor(), name, "%.0f")));
        }
        var memory = card.memoryGigabytes();
        if (memory != null) text.add("    %-18s %10.2f GB".formatted("memory", memory));
    }

    void addTo(StringBuilder page) {
        page.append("<h2>Costs</h2><table><tr><th></th><th>each of %d orders</th><th>each of %d visitors</th></tr>"
                .formatted(card.orders(), card.visitors()));
        for (var name : new TreeSet<>(card.cpuMillisPerVisitor().keySet())) {
            row(
                    page,
                    "CPU ms, " + name,
                    cell(card.cpuMillisPerOrder(), name, "%.3f"),
                    cell(card.cpuMillisPerVisitor(), name, "%.3f"));
        }
        for (var name : new TreeSet<>(card.bytesPerVisitor().keySet())) {
            row(
                    page,
                    "bytes, " + name,
                    cell(card.bytesPerOrder(), name, "%.0f"),
                    cell(card.bytesPerVisitor(), name, "%.0f"));
        }
        page.append("</table>");
        var memory = card.memoryGigabytes();
        if (memory != null) page.append("<p>Memory of all processes: %.2f GB</p>".formatted(memory));
    }

    private static void row(StringBuilder page, String name, String order, String visitor) {
        page.append("<tr><td>%s</td><td>%s</td><td>%s</td></tr>".formatted(Plot.escaped(name), order, visitor));
    }

    private static String cell(Map<String, Double> costs, String name, String format) {
        var cost = costs.get(name);
        return cost == null ? "-" : format.formatted(cost);
    }
}
