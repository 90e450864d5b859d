package com.flashsale.load;

import com.flashsale.audit.Audit;
import com.flashsale.audit.AuditReport;
import com.flashsale.audit.evidence.Evidence;
import com.flashsale.load.platform.Target;
import com.flashsale.reports.result.Result.AuditVerdict;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** The platform's own audit, after a run. */
final class Audits {

    private static final Duration SETTLING = Duration.ofSeconds(15);

    private Audits() {}

    static boolean green(Target target) {
        try {
            return report(target).green();
        } catch (SQLException lost) {
            throw new IllegalStateException("the databases cannot be read", lost);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static AuditVerdict verdict(Target target) throws SQLException, InterruptedException {
        var report = report(target);
        return new AuditVerdict(report.green(), report.text());
    }

    private static AuditReport report(Target target) throws SQLException, InterruptedException {
        try (var databases = Evidence.databasesOf(target.context())) {
            return new Audit(databases, Clock.systemUTC(), SETTLING).run();
        }
    }
}
