package com.flashsale.reports.view;

import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.law.HotPlace;
import com.flashsale.reports.law.ProcessLaw;
import com.flashsale.reports.plot.Plot;
import com.flashsale.reports.result.LimitResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The capacity law of a limit, in lines for a terminal and as a part of the page. */
public final class LawSection {

    /** The name of the process that measures, in the result. */
    private static final String LOAD_GENERATOR = "load generator";

    private static final double HUNDRED = 100;

    private final LimitResult limit;
    private final CapacityLaw law;

    private LawSection(LimitResult limit, CapacityLaw law) {
        this.limit = limit;
        this.law = law;
    }

    /** The law with its predicted and its measured limit; no line where the result has no law. */
    public static List<String> lines(LimitResult limit) {
        var law = limit.law();
        return law == null ? List.of() : new LawSection(limit, law).lines();
    }

    private List<String> lines() {
        var sum = law.sum();
        if (sum == null) return List.of(law.problem());
        var lines = new ArrayList<String>();
        lines.add(head());
        lines.add("  %-18s %18s %24s %12s %14s"
                .formatted("process", "F cores", "m ms", "residual", "at %.0f/s".formatted(limit.median())));
        byWeight().forEach(each -> lines.add(line(each)));
        lines.add(line(sum));
        lines.addAll(conclusions());
        return lines;
    }

    private String head() {
        var rates =
                law.holds().stream().map(hold -> "%.0f".formatted(hold.rate())).collect(Collectors.joining(", "));
        return "law of %s: cores = F + m x rate, from %s a second, with 95 %% intervals"
                .formatted(limit.operation(), rates);
    }

    private List<ProcessLaw> byWeight() {
        return law.processes().stream()
                .sorted(Comparator.comparingDouble((ProcessLaw each) -> each.coresAt(limit.median()))
                        .reversed())
                .toList();
    }

    private String line(ProcessLaw each) {
        return "  %-18s %8.3f +- %6.3f %14.3f +- %6.3f %12.3f %14.2f"
                .formatted(
                        each.process(),
                        each.standingCores(),
                        each.standingMargin(),
                        each.millisPerRequest(),
                        each.millisMargin(),
                        each.residualCores(),
                        each.coresAt(limit.median()));
    }

    private List<String> conclusions() {
        var lines = new ArrayList<String>();
        var predicted = law.predicted();
        var measured = "measured limit %.0f/s".formatted(limit.median());
        lines.add(
                predicted == null
                        ? measured + ", no predicted one"
                        : "predicted limit %.0f/s (%.0f to %.0f), where all fill %.2f usable cores; %s, %.0f %% of it"
                                .formatted(
                                        predicted.rate(),
                                        predicted.low(),
                                        predicted.high(),
                                        law.usableCores(),
                                        measured,
                                        limit.median() / predicted.rate() * HUNDRED));
        law.heaviest(limit.median(), LOAD_GENERATOR)
                .ifPresent(each -> lines.add("%s weighs most: %.2f cores at %.0f/s"
                        .formatted(each.process(), each.coresAt(limit.median()), limit.median())));
        hotPlaces(lines);
        law.remarks().forEach(remark -> lines.add("REMARK " + remark));
        return lines;
    }

    private void hotPlaces(List<String> lines) {
        var byProcess = law.hotPlaces().stream()
                .collect(Collectors.groupingBy(HotPlace::process, LinkedHashMap::new, Collectors.toList()));
        byProcess.forEach((process, places) -> lines.add("dearest places of %s: %s"
                .formatted(
                        process,
                        places.stream()
                                .map(place -> "%s %.0f %%".formatted(place.method(), place.share() * HUNDRED))
                                .collect(Collectors.joining(", ")))));
    }

    static void addTo(StringBuilder page, LimitResult limit) {
        var law = limit.law();
        if (law != null) new LawSection(limit, law).addTo(page);
    }

    private void addTo(StringBuilder page) {
        page.append("<h3>Capacity law of %s</h3>".formatted(Plot.escaped(limit.operation())));
        var sum = law.sum();
        if (sum == null) {
            page.append("<p>").append(Plot.escaped(law.problem())).append("</p>");
            return;
        }
        page.append("<p>%s</p><table><tr><th>process</th><th>F cores</th><th>m ms</th>".formatted(Plot.escaped(head()))
                + "<th>residual cores</th><th>cores at %.0f/s</th></tr>".formatted(limit.median()));
        byWeight().forEach(each -> row(page, each));
        row(page, sum);
        page.append("</table><ul>");
        conclusions()
                .forEach(line -> page.append("<li>").append(Plot.escaped(line)).append("</li>"));
        page.append("</ul>");
    }

    private void row(StringBuilder page, ProcessLaw each) {
        page.append(("<tr><td>%s</td><td>%.3f &plusmn; %.3f</td><td>%.3f &plusmn; %.3f</td>"
                        + "<td>%.3f</td><td>%.2f</td></tr>")
                .formatted(
                        Plot.escaped(each.process()),
                        each.standingCores(),
                        each.standingMargin(),
                        each.millisPerRequest(),
                        each.millisMargin(),
                        each.residualCores(),
                        each.coresAt(limit.median())));
    }
}
