package com.flashsale.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of one check by a rule: how many things it looked at, and the violations by subject. */
final class Look {

    /** The most violations that are listed: a thousand broken orders tell no more than a hundred. */
    static final int MOST = 100;

    /** @param extraPatience beyond the rule's own, for a subject that is slower than others by its own terms */
    record Wrong(String what, Duration extraPatience) {}

    private long checked;
    private final Map<String, Wrong> violations = new LinkedHashMap<>();

    void checked(long count) {
        checked += count;
    }

    /** @param subject names the violated thing by its id: the same thing has the same subject at every look */
    void violated(String subject, String what) {
        violated(subject, what, Duration.ZERO);
    }

    void violated(String subject, String what, Duration extraPatience) {
        if (violations.size() < MOST) {
            violations.putIfAbsent(subject, new Wrong(what, extraPatience));
        }
    }

    /** Keeps only the violations that the look before has seen too. */
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
