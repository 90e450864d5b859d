package com.flashsale.systemtests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The metrics and labels that a PromQL expression names. Not a parser: enough for the expressions of this repository.
 */
final class Expressions {

    private static final Pattern LISTS = Pattern.compile("\\b(?:by|on|ignoring|without)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-z_:][a-zA-Z0-9_:]*+)\\s*+(?:\\{((?:[^\"}]|\"[^\"]*\")*)})?+(?!\\s*\\()");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)+");

    /** Labels that the scraper adds to a series. */
    private static final Set<String> FROM_OUTSIDE =
            Set.of("pod", "namespace", "job", "instance", "container", "consumergroup", "partition", "le");

    private static final Pattern OTHERS = Pattern.compile(
            "(cnpg|kafka_consumergroup|kafka_topic_partition|kube|certmanager|histogram_quantile).*|up");

    private Expressions() {}

    /**
     * @param equal labels that must have this value
     * @param named labels that must exist, with any value
     */
    record Selector(String metric, Map<String, String> equal, Set<String> named) {}

    /** The selectors of our own services' metrics. */
    static List<Selector> selectors(String expression) {
        var grouped = new TreeSet<String>();
        LISTS.matcher(expression)
                .results()
                .flatMap(list ->
                        Pattern.compile("\\s*,\\s*").splitAsStream(list.group(1).strip()))
                .forEach(grouped::add);
        grouped.removeAll(FROM_OUTSIDE);
        grouped.remove("");
        var found = new ArrayList<Selector>();
        var bare = LISTS.matcher(expression).replaceAll(" ");
        for (var match : SELECTOR.matcher(bare).results().toList()) {
            var metric = match.group(1);
            if (!NAME.matcher(metric).matches() || OTHERS.matcher(metric).matches()) continue;
            var equal = new LinkedHashMap<String, String>();
            var named = new TreeSet<>(grouped);
            if (match.group(2) != null) {
                for (var label : MATCHER.matcher(match.group(2)).results().toList()) {
                    if (FROM_OUTSIDE.contains(label.group(1))) continue;
                    if (label.group(2).equals("=") && isFixed(label.group(1), label.group(3))) {
                        equal.put(label.group(1), label.group(3));
                    } else named.add(label.group(1));
                }
            }
            found.add(new Selector(metric, equal, named));
        }
        return found;
    }

    /** A template has no value yet, and a path has none before its first request. */
    private static boolean isFixed(String label, String value) {
        return !value.contains("{{") && !label.equals("uri");
    }

    /** One line of a scraped page: {@code name{label="value"} 1.0}. */
    static List<Selector> series(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> {
                    int brace = line.indexOf('{');
                    var labels = new LinkedHashMap<String, String>();
                    if (brace > 0) {
                        MATCHER.matcher(line.substring(brace))
                                .results()
                                .forEach(label -> labels.put(label.group(1), label.group(3)));
                    }
                    var name = brace > 0 ? line.substring(0, brace) : line.substring(0, line.indexOf(' '));
                    return new Selector(name, labels, labels.keySet());
                })
                .toList();
    }

    static boolean fits(Selector wanted, Selector series) {
        return wanted.metric().equals(series.metric())
                && series.equal().entrySet().containsAll(wanted.equal().entrySet())
                && series.named().containsAll(wanted.named());
    }
}
