package com.flashsale.load.platform;

import com.flashsale.client.api.Api;
import java.time.Duration;

/** The token of a client, asked for anew long before it ends: a soak lasts longer than any token. */
public final class MachineToken {

    private static final Duration FRESH = Duration.ofMinutes(3);

    private final Target target;
    private final Api api;
    private final String client;
    private String token;
    private long askedAt = System.nanoTime();

    public MachineToken(Target target, Api api, String client) throws InterruptedException {
        this.target = target;
        this.api = api;
        this.client = client;
        token = target.tokenOf(api, client);
    }

    synchronized String current() {
        if (System.nanoTime() - askedAt > FRESH.toNanos()) {
            try {
                token = target.tokenOf(api, client);
                askedAt = System.nanoTime();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking for a token", stopping);
            }
        }
        return token;
    }
}
