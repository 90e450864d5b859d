package com.flashsale.platform.messaging;

import com.flashsale.platform.loadtest.LoadTestAutoConfiguration;
import com.flashsale.platform.loadtest.LoadTests;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import tools.jackson.databind.json.JsonMapper;

/** Topics as configuration, batches as the unit of work, dead letters as the way out. */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, LoadTestAutoConfiguration.class})
@EnableConfigurationProperties(MessagingSettings.class)
public class MessagingAutoConfiguration {

    private static final Duration RETENTION = Duration.ofDays(7);

    @Bean
    @ConditionalOnBooleanProperty(name = "platform.messaging.create-topics", matchIfMissing = true)
    KafkaAdmin.NewTopics topics(MessagingSettings settings) {
        var topics = new ArrayList<NewTopic>();
        settings.produces()
                .forEach((name, topic) -> topics.add(TopicBuilder.name(name)
                        .partitions(topic.partitions())
                        .replicas(topic.replicas())
                        .config(TopicConfig.CLEANUP_POLICY_CONFIG, topic.compacted() ? "compact" : "delete")
                        .config(
                                TopicConfig.RETENTION_MS_CONFIG,
                                topic.compacted() ? "-1" : String.valueOf(RETENTION.toMillis()))
                        .build()));
        settings.consumes()
                .forEach(name -> topics.add(TopicBuilder.name(name + DeadLetters.SUFFIX)
                        .partitions(1)
                        .build()));
        return new KafkaAdmin.NewTopics(topics.toArray(NewTopic[]::new));
    }

    @Bean
    @ConditionalOnProperty("platform.messaging.consumes")
    EventBatches eventBatches(
            KafkaTemplate<String, byte[]> kafka, JsonMapper json, MeterRegistry meters, LoadTests loadTests) {
        return new EventBatches(new EventReader(json, loadTests::isPurged), new DeadLetters(kafka, meters));
    }

    /** Only lost infrastructure reaches the container: it waits, up to 5 s between tries, until that is back. */
    @Bean
    CommonErrorHandler redelivery() {
        var backOff = new ExponentialBackOff(100, 2.0);
        backOff.setMaxInterval(5_000);
        return new DefaultErrorHandler(backOff);
    }
}
