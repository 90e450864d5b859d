package com.flashsale.payment.charge;

import com.flashsale.payment.PaymentSettings;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Delays answers as a slow provider would. A place is taken before the charge, because a refusal must not have captured
 * anything. {@link PaymentSettings#maxWaiting()} limits the places, and a shutdown ends all waits.
 */
@Component
class SlowAnswers {

    private static final Logger log = LoggerFactory.getLogger(SlowAnswers.class);

    private final PaymentSettings settings;
    private final Semaphore places;
    private final CountDownLatch closing = new CountDownLatch(1);

    SlowAnswers(PaymentSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.places = new Semaphore(settings.maxWaiting());
        Gauge.builder("payment.answers.waiting", places, free -> settings.maxWaiting() - free.availablePermits())
                .description("Answers that wait on purpose")
                .register(meters);
    }

    Place placeFor(PaymentMethod method) {
        var delay = switch (method) {
            case APPROVE, DECLINE -> Duration.ZERO;
            case SLOW -> settings.slowAnswer();
            case TIMEOUT -> settings.noAnswer();
        };
        if (delay.isPositive() && !places.tryAcquire()) {
            throw new ProblemException(ProblemTypes.OVERLOADED, "Too many slow answers are waiting already.");
        }
        return new Place(delay);
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.countDown();
    }

    /** The right to make one caller wait. */
    final class Place implements AutoCloseable {

        private final Duration delay;

        private Place(Duration delay) {
            this.delay = delay;
        }

        void waitOut() {
            try {
                if (closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) log.info("A shutdown ends a slow answer.");
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            if (delay.isPositive()) places.release();
        }
    }
}
