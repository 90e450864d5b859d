package com.flashsale.audit;

import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Waits until nothing is on its way any more: no unsent event, no order without an answer, no unsettled payment. */
public final class Quiescence {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final List<String> WITH_OUTBOX = List.of("catalog", "inventory", "orders", "waitlist");

    private final Databases databases;

    public Quiescence(Databases databases) {
        this.databases = databases;
    }

    /** False when something still moves after this time. */
    public boolean await(Duration patience) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (onItsWay() > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    private long onItsWay() throws SQLException {
        long count = 0;
        for (var database : WITH_OUTBOX) {
            count += databases.count(database, "select count(*) from outbox");
        }
        count += databases.count("orders", "select count(*) from orders where state = 'PLACED'");
        count += databases.count("orders", "select count(*) from payment where next_attempt_at is not null");
        return count;
    }
}
