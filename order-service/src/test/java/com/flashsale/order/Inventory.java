package com.flashsale.order;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestEngines;
import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** inventory-service, as far as it can be heard. */
final class Inventory {

    private Inventory() {}

    static UUID says(String fact, UUID order, Map<String, Object> more) {
        var data = new HashMap<String, Object>(more);
        data.put("orderId", order);
        data.put("reservationId", UUID.randomUUID());
        data.put("stock", Map.of("allotted", 100, "available", 99, "reserved", 1, "sold", 0, "version", 3));
        return TestKafka.produce(
                "inventory.reservation", order.toString(), "com.flashsale.inventory.reservation." + fact + ".v1", data);
    }

    static UUID holds(UUID order, Instant until) {
        return says(
                "held",
                order,
                Map.of("expiresAt", until.truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    /** Until everything that inventory had said before this call has been handled. */
    static void awaitHeard() {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", TestEngines.kafka().url()))) {
            var said = endOf(admin, "inventory.reservation");
            await().atMost(OrderServiceIT.PATIENCE).until(() -> {
                var heard = admin.listConsumerGroupOffsets("order-service")
                        .partitionsToOffsetAndMetadata()
                        .get();
                return said.entrySet().stream()
                        .allMatch(end -> heard.containsKey(end.getKey())
                                && heard.get(end.getKey()).offset() >= end.getValue());
            });
        }
    }

    private static Map<TopicPartition, Long> endOf(Admin admin, String topic) {
        var partitions = IntStream.range(0, 6)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(partitions).all().get(20, TimeUnit.SECONDS).entrySet().stream()
                    .filter(end -> end.getValue().offset() > 0)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("no offsets of " + topic, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
