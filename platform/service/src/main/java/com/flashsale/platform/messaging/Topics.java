package com.flashsale.platform.messaging;

import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;

/** The topics that a service needs: those that it produces, and a dead-letter topic for each that it consumes. */
final class Topics {

    private Topics() {}

    static NewTopic[] of(MessagingSettings settings) {
        var topics = new ArrayList<NewTopic>();
        settings.produces().forEach((name, topic) -> topics.add(produced(name, topic, settings)));
        settings.consumes().forEach(name -> topics.add(deadLetters(name, settings.deadLetterRetention())));
        return topics.toArray(NewTopic[]::new);
    }

    private static NewTopic produced(String name, MessagingSettings.Topic topic, MessagingSettings settings) {
        var builder = TopicBuilder.name(name).partitions(topic.partitions()).replicas(topic.replicas());
        if (topic.compacted()) {
            return builder.config(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                    .config(TopicConfig.RETENTION_MS_CONFIG, "-1")
                    .build();
        }
        return builder.config(TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
                .config(TopicConfig.RETENTION_MS_CONFIG, millis(settings.retention()))
                .config(TopicConfig.SEGMENT_MS_CONFIG, millis(settings.segment()))
                .build();
    }

    private static NewTopic deadLetters(String consumed, Duration retention) {
        return TopicBuilder.name(consumed + DeadLetters.SUFFIX)
                .partitions(1)
                .config(TopicConfig.RETENTION_MS_CONFIG, millis(retention))
                .config(TopicConfig.RETENTION_BYTES_CONFIG, "-1")
                .build();
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toMillis());
    }
}
