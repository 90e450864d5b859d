package com.flashsale.client.platform;

import java.util.function.Predicate;
import java.util.stream.Stream;

/** The text format of Prometheus, as the actuator of a service writes it. */
public final class PrometheusText {

    /** @param labels the text between the braces, empty without labels */
    public record Sample(String name, String labels, double value) {

        /** The value of a label; empty if the sample has none of this name. */
        public String label(String label) {
            var start = label + "=\"";
            int from = labels.startsWith(start) ? 0 : labels.indexOf("," + start) + 1;
            if (from == 0 && !labels.startsWith(start)) return "";
            int begin = from + start.length();
            return labels.substring(begin, labels.indexOf('"', begin));
        }
    }

    private PrometheusText() {}

    /** The samples of the wanted metrics, by their full name such as {@code jvm_gc_pause_seconds_sum}. */
    public static Stream<Sample> samples(String text, Predicate<String> wanted) {
        return text.lines().filter(line -> !line.startsWith("#")).mapMulti((line, samples) -> {
            int space = line.lastIndexOf(' ');
            if (space < 0) return;
            int brace = line.indexOf('{');
            var name = line.substring(0, brace < 0 ? space : brace);
            if (!wanted.test(name)) return;
            var labels = brace < 0 ? "" : line.substring(brace + 1, line.lastIndexOf('}'));
            samples.accept(new Sample(name, labels, number(line.substring(space + 1))));
        });
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }
}
