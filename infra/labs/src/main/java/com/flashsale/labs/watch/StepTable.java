package com.flashsale.labs.watch;

import static com.flashsale.labs.watch.SeedPage.escaped;

import com.flashsale.labs.watch.Recorded.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All steps of a run as an HTML table: the content of the chart, for readers without a picture or a script. */
final class StepTable {

    private static final Map<String, String> FAULTS = Map.of(
            "DIED", "died",
            "RESTARTED", "began anew",
            "LOST", "lost or repeated",
            "VISITED", "another process came between",
            "CLOCK", "clock");

    private static final Map<String, String> WAYS =
            Map.of("SENT", "sent", "TAKEN", "received", "DROPPED", "lost with its consumer", "BACK", "comes again");

    /** The figures that have a column, where a run has them. */
    private static final Map<String, String> FIGURES = figures();

    private final Recorded run;
    private final List<String> columns;
    private final Map<String, Object> now = new LinkedHashMap<>();

    private StepTable(Recorded run) {
        this.run = run;
        this.columns = FIGURES.keySet().stream()
                .filter(figure -> run.frames().stream()
                        .anyMatch(frame -> Frame.orNone(frame.shown()).containsKey(figure)))
                .toList();
    }

    static String of(Recorded run) {
        return new StepTable(run).html();
    }

    private String html() {
        var table = new StringBuilder(1 << 14).append("<table><thead><tr>");
        var heads = new ArrayList<>(List.of("Step", "Process", "Event", "Messages"));
        columns.forEach(column -> heads.add(FIGURES.get(column)));
        heads.add("Invariants");
        heads.forEach(head -> table.append("<th scope=\"col\">").append(head).append("</th>"));
        table.append("</tr></thead><tbody>\n");
        int number = 0;
        for (var frame : run.frames()) row(table, ++number, frame);
        return table.append("</tbody></table>\n").toString();
    }

    private void row(StringBuilder table, int number, Frame frame) {
        now.putAll(Frame.orNone(frame.shown()));
        table.append("<tr><th scope=\"row\">").append(number).append("</th>");
        cell(table, escaped(frame.by()));
        cell(table, escaped(frame.text()) + faults(frame));
        cell(table, escaped(messages(frame)));
        columns.forEach(column -> cell(table, escaped(String.valueOf(now.getOrDefault(column, "")))));
        cell(table, lamps(frame));
        table.append("</tr>\n");
    }

    private static void cell(StringBuilder table, String html) {
        table.append("<td>").append(html).append("</td>");
    }

    private static String faults(Frame frame) {
        return Frame.orNone(frame.marks()).stream()
                .map(mark -> " <b>" + escaped(FAULTS.getOrDefault(mark, mark)) + "</b>")
                .collect(Collectors.joining());
    }

    private static String messages(Frame frame) {
        var byWay = new LinkedHashMap<String, List<String>>();
        for (var move : Frame.orNone(frame.moves())) {
            byWay.computeIfAbsent(move.getFirst(), _ -> new ArrayList<>()).add(move.get(1));
        }
        return byWay.entrySet().stream()
                .map(way -> WAYS.getOrDefault(way.getKey(), way.getKey()) + ": " + String.join(", ", way.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String lamps(Frame frame) {
        return Frame.orNone(frame.lamps()).entrySet().stream()
                .map(lamp -> lamp.getValue()
                        ? escaped(lamp.getKey()) + " holds"
                        : "<b>" + escaped(lamp.getKey()) + " VIOLATED</b>")
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> figures() {
        var figures = new LinkedHashMap<String, String>();
        figures.put("available", "Available");
        figures.put("reserved", "Reserved");
        figures.put("sold", "Sold");
        figures.put("line", "Line");
        figures.put("waitlist", "Waitlist");
        return figures;
    }
}
