package com.flashsale.platform.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

class DeregistrationListenerTest {

    private static final Duration PAUSE = Duration.ofMillis(400);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner process = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ShutdownAutoConfiguration.class))
            .withBean(Registration.class, () -> new Registration(events))
            .withBean(Worker.class, () -> new Worker(events));

    @Test
    void it_leaves_the_registry_first_and_works_on_until_the_pause_is_over() {
        var told = new long[1];
        process.withPropertyValues("platform.shutdown.pause=400ms").run(context -> {
            assertThat(context).hasNotFailed();
            told[0] = System.nanoTime();
        });
        // the runner closes the context
        assertThat(events).startsWith("left the registry", "worker told to end").endsWith("worker stopped");
        assertThat(Duration.ofNanos(System.nanoTime() - told[0])).isGreaterThanOrEqualTo(PAUSE);
    }

    @Test
    void without_a_pause_it_ends_as_any_other() {
        process.run(context -> assertThat(context).hasNotFailed());

        assertThat(events).startsWith("worker told to end");
    }

    @Test
    void the_end_of_a_context_below_is_not_its_own() {
        process.withPropertyValues("platform.shutdown.pause=400ms").run(context -> {
            try (var below = new GenericApplicationContext(context)) {
                below.refresh();
            }
            assertThat(events).doesNotContain("left the registry");
        });
    }

    @Test
    void a_pause_that_would_outlast_every_patience_is_refused() {
        process.withPropertyValues("platform.shutdown.pause=5m")
                .run(context -> assertThat(context).hasFailed());
    }

    /** As Eureka's registration: the lifecycle stops it, unless a caller has stopped it before. */
    private record Registration(List<String> events) implements AutoServiceRegistration, SmartLifecycle {

        @Override
        public void start() {}

        @Override
        public void stop() {
            if (!events.contains("left the registry")) events.add("left the registry");
        }

        @Override
        public boolean isRunning() {
            return !events.contains("left the registry");
        }
    }

    /** As Spring's schedulers, which end when they hear that the context will be closed. */
    private record Worker(List<String> events)
            implements ApplicationListener<ContextClosedEvent>, SmartLifecycle, Ordered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE + 1;
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            ApplicationContext closing = event.getApplicationContext();
            if (closing.getParent() == null) events.add("worker told to end");
        }

        @Override
        public void start() {}

        @Override
        public void stop() {
            events.add("worker stopped");
        }

        @Override
        public boolean isRunning() {
            return !events.contains("worker stopped");
        }
    }
}
