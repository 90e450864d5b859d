package com.flashsale.inventory.reservation;

import com.flashsale.platform.database.OldRows;
import com.flashsale.platform.database.OldRowsCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Forgets refused orders whose messages can no longer arrive. */
@Component
class RefusalCleanup extends OldRowsCleanup {

    /** A topic keeps a message for 14 days at most; a dead letter may be sent again some time later. */
    private static final Duration KEPT = Duration.ofDays(60);

    RefusalCleanup(JdbcClient jdbc, PlatformTransactionManager transactions, MeterRegistry meters) {
        super(new OldRows(jdbc, transactions, meters, "refused_order", "refused_at"), KEPT);
    }
}
