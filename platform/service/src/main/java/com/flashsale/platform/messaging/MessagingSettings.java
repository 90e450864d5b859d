package com.flashsale.platform.messaging;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param produces topics that this service owns and makes, by name
 * @param consumes topics that it reads, separated by commas; a dead-letter topic is made for each
 */
@ConfigurationProperties("platform.messaging")
record MessagingSettings(
        @DefaultValue Map<String, Topic> produces,
        @DefaultValue List<String> consumes) {

    /**
     * @param compacted true: the last event of each key is kept for ever; false: 7 days
     * @param replicas 1 for one machine; 3 on a cluster
     */
    record Topic(
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replicas,
            @DefaultValue("false") boolean compacted) {}
}
