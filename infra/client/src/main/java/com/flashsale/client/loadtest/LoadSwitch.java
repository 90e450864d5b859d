package com.flashsale.client.loadtest;

import java.time.Duration;

/** Stops all traffic of load tests, or lets it go on. */
public final class LoadSwitch {

    /** A replica caches the switch for two seconds; asking all replicas takes a moment more. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LoadTestReplicas replicas;

    public LoadSwitch(LoadTestReplicas replicas) {
        this.replicas = replicas;
    }

    /** @return the time until every replica followed the switch */
    public Duration turn(boolean served) throws InterruptedException {
        long begun = System.nanoTime();
        var turn = LoadTestReplicas.turn(served);
        replicas.askEachService(turn).forEach(reply -> reply.answer().require(turn));
        boolean done = replicas.awaitAll(
                LoadTestReplicas.state(), state -> state.path("served").asBoolean() == served, PATIENCE);
        if (!done) throw new IllegalStateException("a replica does not follow the switch after " + PATIENCE);
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
