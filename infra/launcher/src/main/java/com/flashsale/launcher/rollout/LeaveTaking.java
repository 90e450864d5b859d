package com.flashsale.launcher.rollout;

import com.flashsale.launcher.service.Context;
import com.flashsale.launcher.topology.Instance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** How a copy comes into the lists of those who call its service, and how it leaves them before it ends. */
public final class LeaveTaking implements AutoCloseable {

    /**
     * As old as a caller's list can be: the registry's cache 1 s, the caller's look into it 2 s, its load balancer's cache 2 s, and one
     * for a busy machine.
     */
    private static final Duration LISTS_ARE_NEW = Duration.ofSeconds(6);

    private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** Somebody who calls it past the registry is not waited for any longer than this. */
    private static final Duration LONGEST_NOISE = Duration.ofSeconds(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Context context;
    private final Registry registry;
    private final Traffic traffic = new Traffic();

    public LeaveTaking(Context context) {
        this.context = context;
        this.registry = new Registry(context);
    }

    /** Returns when every caller's list has it; false when it did not come into the registry in time. */
    public boolean awaitKnown(Instance copy) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + REGISTERED_WITHIN.toNanos();
        while (!registry.isUp(copy)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        Thread.sleep(LISTS_ARE_NEW);
        return true;
    }

    /** Returns when no list has it any more and no request has come for a while. */
    public void takeLeave(Instance copy) throws IOException, InterruptedException {
        if (registry.withdraw(copy)) {
            Thread.sleep(LISTS_ARE_NEW);
            awaitQuiet(copy);
        }
    }

    /** One look more than the clock gives: a copy that does not tell how many it has answered has nobody to say goodbye to. */
    private void awaitQuiet(Instance copy) throws InterruptedException {
        var metrics = URI.create("http://127.0.0.1:" + context.ports().managementOf(copy) + "/actuator/prometheus");
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
