package com.flashsale.launcher.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one check saw: how many things it looked at, and what was wrong with which. */
final class Look {

    /** More are not listed: a hundred broken orders are told apart no better than a thousand. */
    static final int MOST = 100;

    /** @param extraPatience beyond the rule's own, for a thing that is slower than others by its own terms */
    record Wrong(String what, Duration extraPatience) {}

    private long checked;
    private final Map<String, Wrong> violations = new LinkedHashMap<>();

    void checked(long count) {
        checked += count;
    }

    /** @param subject names what is wrong by its id: the same thing has the same subject at every look */
    void violated(String subject, String what) {
        violated(subject, what, Duration.ZERO);
    }

    void violated(String subject, String what, Duration extraPatience) {
        if (violations.size() < MOST) {
            violations.putIfAbsent(subject, new Wrong(what, extraPatience));
        }
    }

    /** This look without what was right at the one before. */
    Look andBefore(Look before) {
        violations.keySet().retainAll(before.violations.keySet());
        return this;
    }

    long checked() {
        return checked;
    }

    Map<String, Wrong> violations() {
        return violations;
    }
}
