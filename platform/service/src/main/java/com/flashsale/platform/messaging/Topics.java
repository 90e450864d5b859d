package com.flashsale.platform.messaging;

import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;

/** The topics that a service needs: those that it produces, and a dead-letter topic for each that it consumes. */
final class Topics {

    private static final Duration RETENTION = Duration.ofDays(7);

    /**
     * A segment is deleted when its newest record is too old, so a record lives this much longer; the inbox counts on
     * it.
     */
    private static final Duration SEGMENT = Duration.ofDays(1);

    /** Dead letters wait for a person, over a holiday if need be. */
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private Topics() {}

    static NewTopic[] of(MessagingSettings settings) {
        var topics = new ArrayList<NewTopic>();
        settings.produces().forEach((name, topic) -> topics.add(produced(name, topic)));
        settings.consumes().forEach(name -> topics.add(deadLetters(name)));
        return topics.toArray(NewTopic[]::new);
    }

    private static NewTopic produced(String name, MessagingSettings.Topic topic) {
        var builder = TopicBuilder.name(name).partitions(topic.partitions()).replicas(topic.replicas());
        if (topic.compacted()) {
            return builder.config(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                    .config(TopicConfig.RETENTION_MS_CONFIG, "-1")
                    .build();
        }
        return builder.config(TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
                .config(TopicConfig.RETENTION_MS_CONFIG, millis(RETENTION))
                .config(TopicConfig.SEGMENT_MS_CONFIG, millis(SEGMENT))
                .build();
    }

    private static NewTopic deadLetters(String consumed) {
        return TopicBuilder.name(consumed + DeadLetters.SUFFIX)
                .partitions(1)
                .config(TopicConfig.RETENTION_MS_CONFIG, millis(DEAD_LETTER_RETENTION))
                .config(TopicConfig.RETENTION_BYTES_CONFIG, "-1")
                .build();
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toMillis());
    }
}
