package com.flashsale.audit.rule;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.evidence.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;

/** Inventory told of each refused order: such an order has no reservation, only the refusal itself. */
final class EveryRefusalIsTold implements Rule {

    private static final int MOST_SUSPECTS = 10_000;

    @Override
    public Duration patience() {
        return SETTLED;
    }

    @Override
    public void check(Evidence evidence, CheckResult result) throws SQLException, InterruptedException {
        var topics = evidence.topics();
        if (topics == null) return;
        var databases = evidence.databases();
        var reservations = topics.reservations();
        if (topics.catchUp(databases).isPresent() || topics.isHeadless(Topics.RESERVATIONS)) return;
        var suspects = new ArrayList<UUID>();
        databases.read("orders", "select id from orders where state = 'REFUSED'", row -> {
            var order = row.getObject(1, UUID.class);
            if (!reservations.has(order, "refused") && suspects.size() < MOST_SUSPECTS) suspects.add(order);
        });
        // refused since the topic was read? Then the topic has it by now
        if (suspects.isEmpty() || topics.catchUp(databases).isPresent()) return;
        suspects.stream()
                .filter(order -> !reservations.has(order, "refused"))
                .forEach(order -> result.violated("order " + order, "is REFUSED, but inventory never said so"));
    }
}
