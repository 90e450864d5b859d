package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Customers whose purchase limit in a sale is used up, as far as this replica has heard of it: at most half a second
 * late. The memory only says about which customers to ask PostgreSQL, so that a crowd of others costs it nothing. The
 * rest is met when a turn becomes an admission.
 */
@Component
public class LimitsUsed {

    private static final int MOST = 100_000;
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final Duration AT_FIRST = Duration.ofDays(2);

    record Buyer(SaleId sale, CustomerId customer) {}

    private final AdmittedOrders orders;
    private final Cache<Buyer, Boolean> buyers =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private volatile boolean started;

    LimitsUsed(AdmittedOrders orders) {
        this.orders = orders;
    }

    public boolean isUsedUp(SaleId sale, CustomerId customer) {
        var buyer = new Buyer(sale, customer);
        if (buyers.getIfPresent(buyer) == null) return false;
        if (isUsedUpNow(sale, customer)) return true;
        // an order was cancelled, or not paid in time
        buyers.invalidate(buyer);
        return false;
    }

    /** As PostgreSQL has it. */
    public boolean isUsedUpNow(SaleId sale, CustomerId customer) {
        return orders.hasReachedLimit(sale, customer);
    }

    public void refresh() {
        orders.buyersSince(started ? OVERLAP : AT_FIRST, MOST).forEach(buyer -> buyers.put(buyer, true));
        started = true;
    }
}
