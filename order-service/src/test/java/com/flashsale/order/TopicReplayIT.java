package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestEngines;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

class TopicReplayIT extends OrderServiceIT {

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    /** Offsets back to the start, as after a restored broker: every message comes once more. */
    @Test
    void the_whole_topic_once_more_changes_nothing() throws Exception {
        var shopper = aShopper();
        var paid = aPaidOrder(shopper);
        var expired = aReservedOrder(shopper);
        Inventory.says("expired", expired, Map.of());
        awaitState(shopper, expired, "CANCELLED");
        var reserved = aReservedOrder(shopper);
        Inventory.awaitHeard();
        var before = everything();

        listeners.getListenerContainers().forEach(container -> container.stop());
        rewind("order-service");
        listeners.getListenerContainers().forEach(container -> container.start());
        Inventory.awaitHeard();

        assertThat(everything()).containsAllEntriesOf(before);
        assertThat(factsOf(paid)).containsExactly("placed", "paid");
        assertThat(factsOf(expired)).containsExactly("placed", "cancelled");
        assertThat(factsOf(reserved)).containsExactly("placed");
    }

    private void rewind(String group) throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", TestEngines.kafka().url()))) {
            var offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(20, TimeUnit.SECONDS);
            assertThat(offsets).isNotEmpty();
            var start = offsets.keySet().stream()
                    .collect(Collectors.toMap(partition -> partition, _ -> new OffsetAndMetadata(0)));
            // the group must have noticed that its members have left
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            admin.alterConsumerGroupOffsets(group, start).all().get(20, TimeUnit.SECONDS) == null);
        }
    }

    /** Each order's row as text; those of other tests as well. */
    private Map<UUID, String> everything() {
        return jdbc
                .sql("select id, orders::text as whole from orders")
                .query((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getString("whole")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
