package com.flashsale.platform.idempotency;

import com.flashsale.platform.database.OldRows;
import com.flashsale.platform.database.OldRowsCleanup;
import java.time.Duration;

/** Forgets answers after three days. */
class IdempotencyCleanup extends OldRowsCleanup {

    private static final Duration KEPT = Duration.ofDays(3);

    IdempotencyCleanup(OldRows rows) {
        super(rows, KEPT);
    }
}
