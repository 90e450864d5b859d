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

/** The sales of a load test as a purge finds them, and those that it must leave alone. */
@Component
public class LoadTestSales {

    private final SaleCache known;
    private final Sales sales;
    private final RunKeys keys;

    LoadTestSales(SaleCache known, Sales sales, RunKeys keys) {
        this.known = known;
        this.sales = sales;
        this.keys = keys;
    }

    /** All sales that PostgreSQL knows, except those of this run. */
    public Set<SaleId> others(String run) {
        return sales.notOf(run);
    }

    /**
     * Notes the sales that are not known, before the events take effect. Rows of such an event have the tag of a sale
     * that is not there yet, and that never comes if the run is purged meanwhile. So the purge has to know the sale
     * without its row. Events of real customers cost nothing.
     */
    public void noteEarly(List<Event> events, Function<Event, @Nullable UUID> saleOf) {
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
