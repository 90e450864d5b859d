package com.flashsale.manifests;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Sizes as Kubernetes and the JVM write them. */
final class Quantities {

    private static final Pattern SIZE = Pattern.compile("(\\d+)([a-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "kb", 1L << 10, "mb", 1L << 20, "ki", 1L << 10, "mi",
            1L << 20, "gi", 1L << 30);

    private Quantities() {}

    static long bytes(String size) {
        var match = SIZE.matcher(size.toLowerCase(Locale.ROOT));
        var unit = match.matches() ? UNITS.get(match.group(2)) : null;
        if (unit == null) throw new IllegalArgumentException("no size: '" + size + "'");
        return Long.parseLong(match.group(1)) * unit;
    }

    /** Cores, as thousandths. */
    static long millicores(String cpu) {
        return cpu.endsWith("m")
                ? Long.parseLong(cpu.substring(0, cpu.length() - 1))
                : Math.round(Double.parseDouble(cpu) * 1000);
    }
}
