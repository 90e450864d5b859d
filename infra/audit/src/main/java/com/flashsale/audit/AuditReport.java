package com.flashsale.audit;

import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;

/** The result of an audit, in the shape that {@code audit --json} prints. */
public record AuditReport(boolean green, Instant checkedAt, List<Result> invariants) {

    /** @param violations each names its subject by the id */
    public record Result(String id, String name, boolean holds, long checked, List<String> violations) {}

    public String text() {
        var text = new StringJoiner(System.lineSeparator());
        text.add(green ? "GREEN: every invariant holds" : "RED: an invariant is violated");
        for (var invariant : invariants) {
            text.add("  %-4s %-9s %6d checked  %s"
                    .formatted(
                            invariant.id(),
                            invariant.holds() ? "holds" : "VIOLATED",
                            invariant.checked(),
                            invariant.name()));
            invariant.violations().forEach(violation -> text.add("         " + violation));
        }
        return text.toString();
    }
}
