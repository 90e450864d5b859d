package com.flashsale.engines;

import static com.flashsale.engines.Fixtures.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEngineIT {

    static final TopicPartition FACTS = new TopicPartition("facts", 0);

    @TempDir
    Path directory;

    KafkaEngine kafka;

    @BeforeEach
    void start() {
        kafka = new KafkaEngine(
                new KafkaSettings(Ports.free(), Ports.free(), Fixtures.filesIn(directory, "kafka")), null);
        kafka.start(TIMEOUT);
    }

    @AfterEach
    void end() {
        kafka.kill();
    }

    @Test
    void messages_and_the_cluster_id_survive_a_stop_and_a_kill() throws ExecutionException, InterruptedException {
        var cluster = clusterId();
        try (var admin = Admin.create(bootstrap())) {
            admin.createTopics(List.of(new NewTopic(FACTS.topic(), 1, (short) 1)))
                    .all()
                    .get();
            assertThatThrownBy(() -> admin.describeTopics(List.of("never-made"))
                            .allTopicNames()
                            .get())
                    .as("topics are not made by asking for them")
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
        send("first");
        kafka.stop();
        assertThat(kafka.pid()).isEqualTo(-1);

        kafka.start(TIMEOUT);
        send("second");
        kafka.kill();

        kafka.start(TIMEOUT);
        assertThat(received(2)).containsExactly("first", "second");
        assertThat(clusterId()).isEqualTo(cluster);
    }

    private Map<String, Object> bootstrap() {
        return Map.of("bootstrap.servers", kafka.url());
    }

    private String clusterId() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(bootstrap())) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private void send(String message) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(bootstrap(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(FACTS.topic(), message)).get();
        }
    }

    private List<String> received(int count) {
        var messages = new ArrayList<String>();
        var deadline = Deadline.in(Duration.ofSeconds(30));
        try (var consumer = new KafkaConsumer<>(bootstrap(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(FACTS));
            consumer.seekToBeginning(List.of(FACTS));
            while (messages.size() < count && !deadline.isOver()) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> messages.add(message.value()));
            }
        }
        return messages;
    }
}
