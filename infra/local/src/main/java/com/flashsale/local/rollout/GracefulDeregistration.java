package com.flashsale.local.rollout;

import com.flashsale.client.platform.Context;
import com.flashsale.client.topology.Instance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Brings a replica into the lists of its callers, and takes it out of them before it ends. */
public final class GracefulDeregistration implements AutoCloseable {

    /**
     * The age that a caller's list can have. It is the sum of four times: the registry's cache 1 s, the caller's look
     * into it 2 s, its load balancer's cache 2 s, and 1 s for a busy machine.
     */
    private static final Duration LISTS_ARE_NEW = Duration.ofSeconds(6);

    private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** The longest wait for a caller that bypasses the registry. */
    private static final Duration LONGEST_NOISE = Duration.ofSeconds(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Context context;
    private final Registry registry;
    private final Traffic traffic = new Traffic();

    public GracefulDeregistration(Context context) {
        this.context = context;
        this.registry = new Registry(context);
    }

    /** Returns when every caller's list has the replica; false when it did not come into the registry in time. */
    public boolean awaitRegistered(Instance replica) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + REGISTERED_WITHIN.toNanos();
        while (!registry.isUp(replica)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        Thread.sleep(LISTS_ARE_NEW);
        return true;
    }

    /** Returns when no list has the replica any more and no request has come for a while. */
    public void deregister(Instance replica) throws IOException, InterruptedException {
        if (registry.withdraw(replica)) {
            Thread.sleep(LISTS_ARE_NEW);
            awaitQuiet(replica);
        }
    }

    /**
     * Waits until the number of responses stands still for a second. A replica that does not report it has no callers,
     * and needs no wait.
     */
    private void awaitQuiet(Instance replica) throws InterruptedException {
        var metrics = URI.create("http://127.0.0.1:" + context.ports().managementOf(replica) + "/actuator/prometheus");
        long deadline = System.nanoTime() + LONGEST_NOISE.toNanos();
        long before = -1;
        long now = answered(metrics);
        while (now != before && System.nanoTime() < deadline) {
            Thread.sleep(QUIET);
            before = now;
            now = answered(metrics);
        }
    }

    private long answered(URI metrics) throws InterruptedException {
        try {
            return traffic.answered(metrics);
        } catch (IOException gone) {
            return -1;
        }
    }

    @Override
    public void close() {
        registry.close();
        traffic.close();
    }
}
