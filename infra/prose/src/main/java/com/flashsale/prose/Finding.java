package com.flashsale.prose;

/**
 * One place that breaks a rule.
 *
 * @param file relative to the root of the repository, with forward slashes
 * @param line the first line is 1
 */
record Finding(String file, int line, String rule, String text) {

    private static final int SHOWN = 100;

    @Override
    public String toString() {
        var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return "%s:%d: %s: %s".formatted(file, line, rule, shown.strip());
    }
}
