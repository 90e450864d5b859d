package com.flashsale.platform.shutdown;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Graceful deregistration: leaves the registry at once and goes on answering for the pause. Callers keep instance lists
 * that are seconds old, and a POST that meets a closed port is a failed order. It runs before everything else that
 * ends, so that work accepted meanwhile is finished too.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DeregistrationListener implements ApplicationListener<ContextClosedEvent> {

    private static final Logger log = LoggerFactory.getLogger(DeregistrationListener.class);

    private final ApplicationContext ours;
    private final Duration pause;
    private final List<Lifecycle> registrations;

    DeregistrationListener(ApplicationContext ours, Duration pause, List<Lifecycle> registrations) {
        this.ours = ours;
        this.pause = pause;
        this.registrations = List.copyOf(registrations);
    }

    /** Child contexts publish their close events here as well; those are ignored. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (!closed.getApplicationContext().equals(ours) || pause.isZero()) return;
        registrations.forEach(Lifecycle::stop);
        log.info("Drains for {} ms before the shutdown", pause.toMillis());
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
