package com.flashsale.audit.rule;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of one check by a rule: how many things it looked at, and the violations by subject. */
public final class CheckResult {

    /** The most violations that are listed: a thousand broken orders tell no more than a hundred. */
    static final int MOST_LISTED = 100;

    /** @param extraPatience beyond the rule's own, for a subject that is slower than others by its own terms */
    public record Detail(String what, Duration extraPatience) {}

    private long checked;
    private final Map<String, Detail> violations = new LinkedHashMap<>();

    void checked(long count) {
        checked += count;
    }

    /** @param subject names the violated thing by its id: the same thing has the same subject at every look */
    void violated(String subject, String what) {
        violated(subject, what, Duration.ZERO);
    }

    void violated(String subject, String what, Duration extraPatience) {
        if (violations.size() < MOST_LISTED) {
            violations.putIfAbsent(subject, new Detail(what, extraPatience));
        }
    }

    /** Keeps only the violations that the look before has seen too. */
    public CheckResult andBefore(CheckResult before) {
        violations.keySet().retainAll(before.violations.keySet());
        return this;
    }

    public long checked() {
        return checked;
    }

    public Map<String, Detail> violations() {
        return violations;
    }
}
