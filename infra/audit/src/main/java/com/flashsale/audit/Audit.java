package com.flashsale.audit;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.rule.CheckResult;
import com.flashsale.audit.rule.Invariant;
import com.flashsale.audit.rule.Invariants;
import com.flashsale.audit.rule.Rule;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks every invariant. An invariant between services gets time to settle, see {@link Rule#patience()}. */
public final class Audit {

    private static final Duration CHECK_AGAIN = Duration.ofMillis(500);

    private final Evidence evidence;
    private final Clock clock;
    private final Duration settling;

    /** Audits the databases alone, without topics and histories. */
    public Audit(Databases databases, Clock clock, Duration settling) {
        this(Evidence.of(databases), clock, settling);
    }

    /** @param settling how long the audit looks again at a violation at most; with zero the first look counts */
    public Audit(Evidence evidence, Clock clock, Duration settling) {
        this.evidence = evidence;
        this.clock = clock;
        this.settling = settling;
    }

    public AuditReport run() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + settling.toNanos();
        var results = new ArrayList<AuditReport.Result>();
        for (var invariant : Invariants.all()) {
            results.add(check(invariant, deadline));
        }
        boolean green = results.stream().allMatch(AuditReport.Result::holds);
        return new AuditReport(green, clock.instant(), results);
    }

    private AuditReport.Result check(Invariant invariant, long deadline) throws SQLException, InterruptedException {
        long checked = 0;
        var violations = new ArrayList<String>();
        for (var rule : invariant.rules()) {
            var result = settled(rule, deadline);
            checked += result.checked();
            result.violations().forEach((subject, wrong) -> violations.add(subject + ": " + wrong.what()));
        }
        return new AuditReport.Result(
                invariant.id(), invariant.name(), violations.isEmpty(), checked, List.copyOf(violations));
    }

    /** Looks again while the cause may be a message on its way: only a violation that every look sees counts. */
    private CheckResult settled(Rule rule, long deadline) throws SQLException, InterruptedException {
        var result = once(rule);
        while (!rule.patience().isZero() && !result.violations().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(CHECK_AGAIN);
            result = once(rule).andBefore(result);
        }
        return result;
    }

    private CheckResult once(Rule rule) throws SQLException, InterruptedException {
        var result = new CheckResult();
        rule.check(evidence, result);
        return result;
    }
}
