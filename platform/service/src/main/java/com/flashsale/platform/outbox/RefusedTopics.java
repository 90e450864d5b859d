package com.flashsale.platform.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that Kafka did not take an event for: missing, forbidden, or without a leader. Their events wait, those of
 * other topics do not. A topic is asked for again after a pause, on a thread of its own, because asking for one that is
 * missing takes seconds.
 */
final class RefusedTopics {

    private static final Logger log = LoggerFactory.getLogger(RefusedTopics.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Consumer<String> ask;
    private final Map<String, Duration> refused = new ConcurrentHashMap<>();
    private final Map<String, Duration> pauses = new HashMap<>();

    /** @param ask throws as long as the topic cannot be had */
    RefusedTopics(Consumer<String> ask) {
        this.ask = ask;
    }

    String[] names() {
        return refused.keySet().toArray(String[]::new);
    }

    /** From now on its events wait, for longer each time. */
    void refuse(String topic) {
        var pause = pauses.merge(topic, FIRST_PAUSE, (last, _) -> longer(last));
        if (refused.put(topic, pause) == null) {
            Thread.ofVirtual().name("outbox-topic-" + topic).start(() -> askUntilThere(topic, pause));
        }
    }

    /** Kafka took an event for it. */
    void accept(String topic) {
        pauses.remove(topic);
    }

    private void askUntilThere(String topic, Duration first) {
        for (var pause = first; ; pause = longer(pause)) {
            try {
                Thread.sleep(pause);
                ask.accept(topic);
                refused.remove(topic);
                return;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException notYet) {
                log.warn("Events for {} wait: {}", topic, notYet.toString());
            }
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
