package com.flashsale.engines;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Run in a JVM of its own by {@link OrphanReaperIT}: starts everything, prints the pids and waits to be killed. */
final class KilledJvm {

    private KilledJvm() {}

    static void main() throws InterruptedException {
        var engines = new ThrowawayEngines();
        for (var engine : List.of(engines.postgres(), engines.redis(), engines.kafka())) IO.println(engine.pid());
        IO.println("ready");
        new CountDownLatch(1).await();
    }
}
