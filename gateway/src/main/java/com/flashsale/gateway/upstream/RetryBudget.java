package com.flashsale.gateway.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Retries may be a tenth of the requests: enough for one lost instance, too few to double the load on a struggling
 * service.
 */
@Component
final class RetryBudget {

    private static final int PRICE = 10;
    private static final int START = 10 * PRICE;
    private static final int CEILING = 100 * PRICE;

    private final AtomicInteger savings = new AtomicInteger(START);

    void earn() {
        savings.updateAndGet(saved -> Math.min(CEILING, saved + 1));
    }

    boolean spend() {
        return savings.getAndUpdate(saved -> saved >= PRICE ? saved - PRICE : saved) >= PRICE;
    }
}
