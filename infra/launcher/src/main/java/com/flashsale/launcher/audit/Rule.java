package com.flashsale.launcher.audit;

import java.sql.SQLException;
import java.time.Duration;

/** One way to see that an invariant is violated. */
interface Rule {

    /** For what is right at every committed snapshot: one look is enough. */
    Duration AT_ONCE = Duration.ZERO;

    /** For what services tell each other by messages: right a moment later, unless it is wrong. */
    Duration SETTLED = Duration.ofSeconds(10);

    void look(Evidence evidence, Look look) throws SQLException, InterruptedException;

    /** What is seen at every look for so long is a violation; what is gone before was on its way. */
    default Duration patience() {
        return AT_ONCE;
    }
}
