package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import java.sql.SQLException;
import java.time.Duration;

/** One way to see that an invariant is violated. */
public interface Rule {

    /** For a condition that holds in every committed snapshot: one look is enough. */
    Duration AT_ONCE = Duration.ZERO;

    /** For a condition that services keep by messages: it holds a moment later, unless it is violated. */
    Duration SETTLED = Duration.ofSeconds(10);

    void check(Evidence evidence, CheckResult result) throws SQLException, InterruptedException;

    /** A violation counts when every look sees it for this long; one that vanishes earlier was a message on its way. */
    default Duration patience() {
        return AT_ONCE;
    }
}
