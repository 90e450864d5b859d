package com.flashsale.order.checkout;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Limits the outcomes of payments that are written at the same time: after an absence of the provider there are
 * hundreds at once, and the pool has connections for a few. They wait here, and not behind a customer who orders.
 */
@Component
class Recording {

    private static final int AT_ONCE = 2;

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    void run(Runnable write) {
        call(() -> {
            write.run();
            return true;
        });
    }

    <T> T call(Supplier<T> write) {
        places.acquireUninterruptibly();
        try {
            return write.get();
        } finally {
            places.release();
        }
    }
}
