package com.flashsale.platform.messaging;

import com.flashsale.platform.loadtest.LoadTestAutoConfiguration;
import com.flashsale.platform.loadtest.LoadTests;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
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

    /**
     * The time in which a discarded producer may still send. Then its buffer is dropped, so that no event can arrive
     * later.
     */
    private static final Duration LAST_SENDS = Duration.ofSeconds(5);

    private static final Duration TOPICS_AGAIN = Duration.ofSeconds(3);

    @Bean
    @ConditionalOnBooleanProperty(name = "platform.messaging.create-topics", matchIfMissing = true)
    KafkaAdmin.NewTopics topics(MessagingSettings settings) {
        return new KafkaAdmin.NewTopics(Topics.of(settings));
    }

    @Bean
    @ConditionalOnBean(KafkaAdmin.class)
    @ConditionalOnBooleanProperty(name = "platform.messaging.create-topics", matchIfMissing = true)
    TopicCreation topicCreation(KafkaAdmin admin, MeterRegistry meters) {
        return new TopicCreation(admin::initialize, TOPICS_AGAIN, meters);
    }

    @Bean
    DefaultKafkaProducerFactoryCustomizer lastSends() {
        return producers -> producers.setPhysicalCloseTimeout((int) LAST_SENDS.toSeconds());
    }

    @Bean
    @ConditionalOnProperty("platform.messaging.consumes")
    ConsumerWatch consumerWatch(KafkaListenerEndpointRegistry consumers, MeterRegistry meters) {
        return new ConsumerWatch(consumers, meters);
    }

    @Bean
    @ConditionalOnProperty("platform.messaging.consumes")
    EventBatches eventBatches(
            KafkaTemplate<String, byte[]> kafka,
            JsonMapper json,
            MeterRegistry meters,
            LoadTests loadTests,
            MessagingSettings settings) {
        return new EventBatches(
                new EventReader(json, loadTests::isPurged),
                new DeadLetters(kafka, meters, settings.consumes()),
                settings.patience());
    }

    /** Only lost infrastructure reaches the container: it waits, up to 5 s between tries, until that is back. */
    @Bean
    CommonErrorHandler redelivery() {
        var backOff = new ExponentialBackOff(100, 2.0);
        backOff.setMaxInterval(5_000);
        return new DefaultErrorHandler(backOff);
    }
}
