package com.flashsale.order.placement;

import com.flashsale.order.placement.PlaceOrder.Outcome;
import com.flashsale.platform.groupcommit.GroupCommit;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;

/** Gathers the orders of many customers into batches, each of them one transaction of {@link OrderBatchWriter}. */
@Component
class OrderBatches {

    private final GroupCommit<Placement, Outcome> commits;

    OrderBatches(OrderBatchWriter writer, PlacementSettings settings, MeterRegistry meters) {
        this.commits = new GroupCommit<>(
                "placement",
                new GroupCommit.Settings(
                        settings.maxBatch(), settings.queueCapacity(), settings.maxWait(), settings.pace()),
                meters,
                writer::write);
    }

    Outcome submit(Placement placement) {
        return commits.submit(placement);
    }

    /** Finishes the queue: each order in it has a customer who waits for the answer. */
    @PreDestroy
    void close() {
        commits.close();
    }
}
