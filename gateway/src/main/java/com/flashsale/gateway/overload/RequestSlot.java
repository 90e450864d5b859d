package com.flashsale.gateway.overload;

import com.flashsale.gateway.route.RequestPriority;
import java.util.concurrent.atomic.AtomicLong;

/** The room of one request under way within the concurrency limit. */
public final class RequestSlot {

    private final LatencyTargetLimit limit;
    private final RequestPriority priority;
    private final Runnable leave;
    private final long begun = System.nanoTime();
    private final AtomicLong untilHead = new AtomicLong();

    RequestSlot(LatencyTargetLimit limit, RequestPriority priority, Runnable leave) {
        this.limit = limit;
        this.priority = priority;
        this.leave = leave;
    }

    /** The head of the response is ready: the rest is up to the client, which may read slowly. */
    public void headReady() {
        untilHead.compareAndSet(0, System.nanoTime() - begun);
    }

    /** Reports the time until the head, after a response or a timeout. */
    public void sample() {
        headReady();
        // a payment waits for a foreign service, so its time says nothing about this platform
        if (priority != RequestPriority.PAY) limit.sample(untilHead.get());
    }

    /** Gives the room back; called once. */
    public void leave() {
        leave.run();
    }
}
