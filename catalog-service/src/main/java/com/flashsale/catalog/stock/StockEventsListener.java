package com.flashsale.catalog.stock;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Follows inventory's stock. No inbox here: the version that each event carries already makes an event that comes
 * again, or late, change nothing, and a second row per event would buy nothing.
 */
@Component
class StockEventsListener {

    private static final String CONSUMER = "catalog-service";

    private final EventBatches batches;
    private final Stocks stocks;

    StockEventsListener(EventBatches batches, Stocks stocks) {
        this.batches = batches;
        this.stocks = stocks;
    }

    @KafkaListener(topics = "inventory.stock", groupId = CONSUMER)
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(CONSUMER, messages, Map.of(StockChanged.TYPE, StockChanged.class), this::follow);
    }

    /** Keeps the last of many changes of a sale. The changes are sorted, so that two replicas cannot deadlock. */
    private void follow(List<Event> events) {
        var latest = new TreeMap<UUID, StockChanged>();
        for (var event : events) {
            var stock = (StockChanged) event.data();
            latest.merge(stock.saleId(), stock, StockChanged::newer);
        }
        stocks.takeOver(List.copyOf(latest.values()));
    }
}
