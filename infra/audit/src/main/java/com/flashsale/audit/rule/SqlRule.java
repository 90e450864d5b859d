package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A rule inside one database. One query counts the things to check. The other returns (subject, violation) in one
 * statement, that is, in one snapshot; a third column is further patience in milliseconds.
 */
record SqlRule(String database, Duration patience, String count, String violations) implements Rule {

    private static final String NOTHING_TO_COUNT = "select 0";

    /** For a rule about the things that another rule of the same invariant has counted. */
    SqlRule(String database, Duration patience, String violations) {
        this(database, patience, NOTHING_TO_COUNT, violations);
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException {
        var databases = evidence.databases();
        result.checked(databases.count(database, count));
        databases.read(database, violations, row -> {
            boolean slow = row.getMetaData().getColumnCount() > 2;
            var extra = slow ? Duration.ofMillis(row.getLong(3)) : Duration.ZERO;
            result.violated(row.getString(1), row.getString(2), extra);
        });
    }
}
