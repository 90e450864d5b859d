package com.flashsale.order.sale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The load-test tags of sales, which never change: a replica reads each once. No lookup waits for another thread, since
 * the caller may hold a connection that this other thread wants.
 */
@Component
public class SaleTags {

    private final Sales sales;
    private final Cache<UUID, Optional<String>> known;

    SaleTags(Sales sales, SaleSettings settings) {
        this.sales = sales;
        this.known = Caffeine.newBuilder().maximumSize(settings.cachedSales()).build();
    }

    /** The run of a load test that the sale is for; null for real customers, and for an unknown sale. */
    public @Nullable String of(UUID sale) {
        var remembered = known.getIfPresent(sale);
        if (remembered != null) return remembered.orElse(null);
        var found = sales.find(sale);
        if (found.isEmpty()) return null;
        var tag = Optional.ofNullable(found.get().loadTest());
        known.put(sale, tag);
        return tag.orElse(null);
    }
}
