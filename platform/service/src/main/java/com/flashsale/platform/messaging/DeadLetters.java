package com.flashsale.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Sets a message aside in {@code <topic>.dlt}, unchanged, with where it came from and why; a person or a command sends
 * it again.
 */
final class DeadLetters {

    static final String SUFFIX = ".dlt";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int REASON_LIMIT = 500;
    private static final int SEND_SECONDS = 12;

    private final KafkaTemplate<String, byte[]> kafka;
    private final MeterRegistry meters;

    /**
     * @param topics that are consumed: their counters exist from the start, since an alert sees a counter's growth, not
     *     its birth
     */
    DeadLetters(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters, List<String> topics) {
        this.kafka = kafka;
        this.meters = meters;
        topics.forEach(this::counter);
    }

    private Counter counter(String topic) {
        return meters.counter("messages.dead", "topic", topic);
    }

    /** Returns only when the broker has it: until then the offset of the original must not be committed. */
    void set(ConsumerRecord<String, byte[]> message, String consumer, Throwable cause) {
        var reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        var copy = new ProducerRecord<>(message.topic() + SUFFIX, message.key(), message.value());
        message.headers().forEach(copy.headers()::add);
        copy.headers().add("dlt_consumer", consumer.getBytes(UTF_8));
        copy.headers().add("dlt_origin", (message.partition() + "/" + message.offset()).getBytes(UTF_8));
        copy.headers()
                .add(
                        "dlt_reason",
                        reason.substring(0, Math.min(REASON_LIMIT, reason.length()))
                                .getBytes(UTF_8));
        send(copy);
        counter(message.topic()).increment();
        log.error("Set aside {} {}/{}", message.topic(), message.partition(), message.offset(), cause);
    }

    private void send(ProducerRecord<String, byte[]> copy) {
        try {
            kafka.send(copy).get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("dead letter not taken by Kafka", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while setting a message aside", stopping);
        }
    }
}
