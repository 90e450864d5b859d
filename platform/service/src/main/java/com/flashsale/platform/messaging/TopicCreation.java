package com.flashsale.platform.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the service's topics, and tries again until the broker has them: a broker may come later than its clients, or
 * grant the right later. A service without its topics accepts requests all the same: their events wait in the outbox.
 */
final class TopicCreation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);

    private final BooleanSupplier create;
    private final Duration apart;
    private volatile boolean missing = true;
    private volatile boolean running;
    /** Not started while there is nothing to try again; to interrupt it then does nothing. */
    private volatile Thread thread = Thread.ofVirtual().unstarted(this::run);

    /**
     * @param create true once the topics are there
     * @param apart from the end of one attempt to the next
     */
    TopicCreation(BooleanSupplier create, Duration apart, MeterRegistry meters) {
        this.create = create;
        this.apart = apart;
        Gauge.builder("messaging.topics.missing", this, one -> one.missing ? 1 : 0)
                .description("1 until the broker has the topics of this service")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        attempt();
        if (missing) thread = Thread.ofVirtual().name("topic-creation").start(this::run);
    }

    private void run() {
        while (running && missing) {
            pause();
            attempt();
        }
    }

    private void attempt() {
        try {
            missing = !create.getAsBoolean();
        } catch (RuntimeException refused) {
            log.warn("Topics cannot be created yet: {}", refused.toString());
        }
    }

    private void pause() {
        try {
            Thread.sleep(apart);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the consumers: one that finds its topic begins at once. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
