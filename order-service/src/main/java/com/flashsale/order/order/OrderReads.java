package com.flashsale.order.order;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Limits readers to a share of the database's connections. A page that all customers reload must not take the
 * connection that places an order or records a captured payment. Those two wait a second at most.
 */
@Component
class OrderReads {

    private final Semaphore places;
    private final OrderReadSettings settings;

    OrderReads(OrderReadSettings settings) {
        this.settings = settings;
        this.places = new Semaphore(settings.atOnce(), true);
    }

    <T> T read(Supplier<T> query) {
        if (places.getQueueLength() >= settings.waiting() || !hasPlace()) {
            throw new ProblemException(ProblemTypes.OVERLOADED, "Repeat the request in a moment.");
        }
        try {
            return query.get();
        } finally {
            places.release();
        }
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
