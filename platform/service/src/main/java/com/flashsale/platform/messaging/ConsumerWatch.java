package com.flashsale.platform.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Starts consumers again that ended by themselves: a consumer that a fatal error has ended is silent, its partitions
 * wait, and nothing else in the process notices.
 */
class ConsumerWatch {

    private static final Logger log = LoggerFactory.getLogger(ConsumerWatch.class);

    private final KafkaListenerEndpointRegistry consumers;
    private final Counter restarts;

    ConsumerWatch(KafkaListenerEndpointRegistry consumers, MeterRegistry meters) {
        this.consumers = consumers;
        this.restarts = meters.counter("messages.listeners.restarts");
        Gauge.builder("messages.listeners.stopped", this, ConsumerWatch::ended)
                .description("Consumers that have ended by themselves")
                .register(meters);
    }

    @Scheduled(fixedDelay = 5_000)
    void restartEnded() {
        if (!consumers.isRunning()) return;
        consumers.getListenerContainers().stream()
                .filter(ConsumerWatch::hasEnded)
                .forEach(this::restart);
    }

    private long ended() {
        return consumers.getListenerContainers().stream()
                .filter(ConsumerWatch::hasEnded)
                .count();
    }

    private static boolean hasEnded(MessageListenerContainer consumer) {
        return !consumer.isInExpectedState();
    }

    private void restart(MessageListenerContainer consumer) {
        log.error("Consumer {} stopped unexpectedly and is restarted", consumer.getListenerId());
        restarts.increment();
        consumer.stop();
        consumer.start();
    }
}
