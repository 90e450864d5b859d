package com.flashsale.gateway.forward;

import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.overload.RequestSlot;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.SignalType;

/** The room of one forwarded request within the concurrency limit, and its line in log and meters. */
final class CallAccount {

    private final ForwardedRequests shared;
    private final FastPathRequest request;
    private final String client;
    private final Runnable ended;
    private final long begun = System.nanoTime();
    private @Nullable RequestSlot slot;
    private int status = HttpStatus.OK.value();

    /** @param client the customer */
    CallAccount(ForwardedRequests shared, FastPathRequest request, String client, Runnable ended) {
        this.shared = shared;
        this.request = request;
        this.client = client;
        this.ended = ended;
    }

    /** Whether there is room; {@link #close} is called in any case. */
    boolean open() {
        var priority = request.endpoint().priority();
        shared.limiter().arrived(priority);
        slot = shared.limiter().enter(priority, client);
        return slot != null;
    }

    void answered(int with) {
        status = with;
        if (slot != null) slot.headReady();
    }

    /** A service said nothing for so long that the limit has to know. */
    void timedOut() {
        if (slot != null) slot.sample();
    }

    /** A problem is the response. */
    void refused(int with, Throwable failure) {
        status = with;
        close(
                with < HttpStatus.INTERNAL_SERVER_ERROR.value()
                        ? null
                        : failure.getClass().getSimpleName(),
                SignalType.ON_COMPLETE,
                false);
    }

    /** A response of a service has ended, or will not. */
    void close(SignalType how) {
        close(null, how, how == SignalType.ON_COMPLETE);
    }

    private void close(@Nullable String cause, SignalType how, boolean samples) {
        shared.limiter().answered(request.endpoint().priority());
        if (slot != null) {
            slot.leave();
            if (samples) slot.sample();
        }
        shared.records().forwarded(request, status, nanos(), cause, how);
        ended.run();
    }

    long nanos() {
        return System.nanoTime() - begun;
    }
}
