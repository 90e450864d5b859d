package com.flashsale.load.raw;

import com.flashsale.reports.result.Result.RawResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The platform's own Kafka: one partition, acknowledged by all, in batches as the relay sends them. */
final class RawKafka {

    private static final int BATCH = 256;
    private static final int MESSAGE_BYTES = 300;
    private static final int PATIENCE_SECONDS = 10;

    private final String server;
    private final String topic = "load.raw." + UUID.randomUUID();

    RawKafka(String server) {
        this.server = server;
    }

    List<RawResult> measure(Duration length) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", server))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            try {
                return List.of(produce(length), consume(length));
            } finally {
                admin.deleteTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private RawResult produce(Duration length) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", server, "acks", "all", "compression.type", "lz4", "linger.ms", "2");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var message = new byte[MESSAGE_BYTES];
            return new Timed(length)
                    .measure("kafka: produce", "acks=all, 300 bytes, 256 sent and awaited at a time", 1, _ -> () -> {
                        var sent = new ArrayList<Future<RecordMetadata>>(BATCH);
                        for (int i = 0; i < BATCH; i++) {
                            sent.add(producer.send(new ProducerRecord<>(topic, message)));
                        }
                        for (var one : sent) one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                        return BATCH;
                    });
        }
    }

    /** From the first message to the last of those that were produced, again and again. */
    private RawResult consume(Duration length) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", server, "max.poll.records", "500");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return new Timed(length).measure("kafka: consume", "polls of up to 500", 1, _ -> () -> {
                int count = consumer.poll(Duration.ofMillis(200)).count();
                if (count == 0) consumer.seekToBeginning(List.of(partition));
                return count;
            });
        }
    }
}
