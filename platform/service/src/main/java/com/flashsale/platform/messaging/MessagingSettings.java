package com.flashsale.platform.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param produces topics that this service owns and makes, by name
 * @param consumes topics that it reads, separated by commas; a dead-letter topic is made for each
 * @param patience how long an event may wait for one that must come first; well under max.poll.interval.ms (5 min)
 * @param retention how long a topic keeps an event
 * @param segment how long a segment of a topic is written; the broker deletes a segment when its newest event is too
 *     old, so an event lives this much longer than {@code retention}
 * @param deadLetterRetention how long dead letters wait for a person, over a holiday if need be
 */
@ConfigurationProperties("platform.messaging")
record MessagingSettings(
        @DefaultValue Map<String, Topic> produces,
        @DefaultValue List<String> consumes,
        @DefaultValue("30s") Duration patience,
        Duration retention,
        Duration segment,
        Duration deadLetterRetention) {

    MessagingSettings {
        if (!retention.isPositive() || !segment.isPositive() || !deadLetterRetention.isPositive())
            throw new IllegalArgumentException("The retention times of topics must be positive.");
    }

    /**
     * @param compacted true: the last event of each key is kept for ever; false: for {@code retention}
     * @param replicas 1 for one machine; 3 on a cluster
     */
    record Topic(
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replicas,
            @DefaultValue("false") boolean compacted) {}
}
