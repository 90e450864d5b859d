package com.flashsale.catalog.sale;

import com.flashsale.catalog.reading.CacheSettings;
import com.flashsale.catalog.reading.Page;
import com.flashsale.catalog.reading.ReadCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sales as the public reads them: from memory, at most a second old. Only facts are kept; the state is derived for each
 * answer.
 */
@Component
class SaleReads {

    /**
     * @param state null for sales in any state
     * @param after null for the first page
     */
    record Query(@Nullable SaleState state, @Nullable SalePosition after, int limit) {}

    private final ReadCache<UUID, Optional<SaleWithStock>> sales;
    private final ReadCache<Query, Page<SaleWithStock>> pages;

    SaleReads(Sales sales, Clock clock, CacheSettings settings, MeterRegistry meters) {
        this.sales = new ReadCache.Definition<UUID, Optional<SaleWithStock>>(
                        "sale",
                        sales::find,
                        (_, found) -> found.map(SaleWithStock::bytes).orElse(0))
                .build(settings, meters);
        this.pages = new ReadCache.Definition<Query, Page<SaleWithStock>>(
                        "sale-page",
                        query -> read(sales, query, clock.instant()),
                        (_, page) -> page.items().stream()
                                .mapToInt(SaleWithStock::bytes)
                                .sum())
                .build(settings, meters);
    }

    private static Page<SaleWithStock> read(Sales sales, Query query, Instant now) {
        var from = query.after() == null ? SalePosition.start(now) : query.after();
        var found = sales.list(query.state(), from, query.limit() + 1);
        return Page.of(
                found, query.limit(), sale -> SalePosition.of(sale, from.at()).cursor());
    }

    Optional<SaleWithStock> find(UUID id) {
        return sales.get(id);
    }

    Page<SaleWithStock> list(Query query) {
        return pages.get(query);
    }

    /** Drops the single sales only: a page never lists a load test's sales. */
    void forgetAll() {
        sales.forgetAll();
    }

    /** Drops the pages only: the new id is not in memory, because no request can have asked for it. */
    void added() {
        pages.forgetAll();
    }

    void changed(UUID id) {
        sales.forget(id);
        pages.forgetAll();
    }
}
