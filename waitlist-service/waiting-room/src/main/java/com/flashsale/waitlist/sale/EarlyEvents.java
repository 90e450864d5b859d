package com.flashsale.waitlist.sale;

import com.flashsale.platform.loadtest.RunKeys;
import com.flashsale.platform.messaging.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Events of a load test that come before the event of their sale. Their rows have the tag of a sale that is not there
 * yet, and that never comes if the run is purged meanwhile. So the purge has to know the sale without its row.
 */
@Component
public class EarlyEvents {

    private final SaleCache known;
    private final RunKeys keys;

    EarlyEvents(SaleCache known, RunKeys keys) {
        this.known = known;
        this.keys = keys;
    }

    /** Notes the sales that are not known, before the events take effect. Events of real customers cost nothing. */
    public void note(List<Event> events, Function<Event, @Nullable UUID> saleOf) {
        var early = new HashMap<String, Set<UUID>>();
        for (var event : events) {
            var run = event.loadTest();
            var sale = run == null ? null : saleOf.apply(event);
            if (run == null || sale == null || known.find(new SaleId(sale)).isPresent()) continue;
            early.computeIfAbsent(run, _ -> new HashSet<>()).add(sale);
        }
        early.forEach(keys::remember);
    }
}
