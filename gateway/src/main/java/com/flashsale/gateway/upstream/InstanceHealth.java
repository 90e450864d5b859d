package com.flashsale.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the recent calls of one instance ended. A failure that a client can provoke counts a few times for each client,
 * so one client alone never takes an instance away from the others. Timeouts and refused connections always count.
 */
final class InstanceHealth {

    /** Fewer than half of the calls that can open a breaker. */
    private static final int MOST_OF_ONE_CLIENT = 4;

    private static final int REMEMBERED = 50;

    private final CircuitBreaker breaker;
    private final int[] failedFor = new int[REMEMBERED];
    private int failures;

    InstanceHealth(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    boolean tryCall() {
        return breaker.tryAcquirePermission();
    }

    CallNotPermittedException notPermitted() {
        return CallNotPermittedException.createCallNotPermittedException(breaker);
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param client the customer or the address */
    void failed(long nanos, Throwable failure, String client) {
        var always = failure instanceof ConnectException || failure instanceof TimeoutException;
        if (always || counts(client.hashCode())) breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        else breaker.releasePermission();
    }

    void abandoned() {
        breaker.releasePermission();
    }

    private synchronized boolean counts(int client) {
        var before = 0;
        for (var i = 0; i < Math.min(failures, REMEMBERED); i++) {
            if (failedFor[i] == client) before++;
        }
        if (before >= MOST_OF_ONE_CLIENT) return false;
        failedFor[failures % REMEMBERED] = client;
        failures = failures + 1 < 2 * REMEMBERED ? failures + 1 : REMEMBERED;
        return true;
    }
}
