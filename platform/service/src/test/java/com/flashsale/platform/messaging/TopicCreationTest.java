package com.flashsale.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TopicCreationTest {

    final AtomicInteger attempts = new AtomicInteger();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void topics_are_made_when_the_broker_comes_later_than_the_service() {
        var creation = new TopicCreation(this::brokerComesWithTheFourth, Duration.ofMillis(5), meters);
        creation.start();
        await().untilAsserted(() -> assertThat(missing()).isZero());
        assertThat(attempts).hasValue(4);
        creation.stop();
    }

    @Test
    void it_says_that_topics_are_missing_and_ends_when_told() {
        var creation = new TopicCreation(() -> false, Duration.ofMinutes(5), meters);
        creation.start();
        assertThat(missing()).isOne();
        creation.stop();
        assertThat(creation.isRunning()).isFalse();
    }

    @Test
    void stopping_after_all_topics_exist_leaves_the_caller_uninterrupted() {
        var creation = new TopicCreation(() -> true, Duration.ofMinutes(5), meters);
        creation.start();
        creation.stop();
        assertThat(Thread.interrupted()).isFalse();
    }

    private boolean brokerComesWithTheFourth() {
        if (attempts.incrementAndGet() == 2) throw new IllegalStateException("not authorized");
        return attempts.get() > 3;
    }

    private double missing() {
        return meters.get("messaging.topics.missing").gauge().value();
    }
}
