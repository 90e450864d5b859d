package com.flashsale.engines;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The broker's server.properties. */
final class KafkaProperties {

    private KafkaProperties() {}

    static Path data(KafkaSettings settings) {
        return settings.files().home().resolve("data");
    }

    static String of(KafkaSettings settings) {
        var properties = new TreeMap<String, Object>();
        network(properties, settings);
        oneNode(properties);
        oneSmallMachine(properties);
        properties.put("log.dirs", data(settings));
        properties.putAll(settings.parameters());
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static void network(Map<String, Object> properties, KafkaSettings settings) {
        var broker = "PLAINTEXT://127.0.0.1:" + settings.port();
        var controller = "127.0.0.1:" + settings.controllerPort();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", 1);
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", broker + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", broker);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    /** One node has no replicas, and a consumer group that forms has no other members to wait for. */
    private static void oneNode(Map<String, Object> properties) {
        properties.put("offsets.topic.replication.factor", 1);
        properties.put("offsets.topic.num.partitions", 3);
        properties.put("transaction.state.log.replication.factor", 1);
        properties.put("transaction.state.log.min.isr", 1);
        properties.put("transaction.state.log.num.partitions", 1);
        properties.put("share.coordinator.state.topic.replication.factor", 1);
        properties.put("share.coordinator.state.topic.min.isr", 1);
        properties.put("share.coordinator.state.topic.num.partitions", 1);
        properties.put("group.initial.rebalance.delay.ms", 0);
        // a topic is made by its owner, with the right number of partitions, or not at all
        properties.put("auto.create.topics.enable", false);
    }

    private static void oneSmallMachine(Map<String, Object> properties) {
        properties.put("num.network.threads", 2);
        properties.put("num.io.threads", 4);
        properties.put("background.threads", 2);
        properties.put("log.cleaner.threads", 1);
        properties.put("log.cleaner.dedupe.buffer.size", 16 << 20);
        properties.put("log.segment.bytes", 64 << 20);
        properties.put("log.index.size.max.bytes", 1 << 20);
        properties.put("log.retention.hours", 168);
        properties.put("log.retention.bytes", 256 << 20);
    }
}
