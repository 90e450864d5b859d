package com.flashsale.waitlist.sale;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads how many units are left. It needs no inbox: the version recognises a repeated event. */
@Component
class StockEventsListener {

    private static final String GROUP = "waitlist-service.stock";
    private static final Map<String, Class<?>> TYPES =
            Map.of("com.flashsale.inventory.stock.changed.v1", StockChanged.class);

    private final EventBatches batches;
    private final Stocks stocks;
    private final SaleCache saleCache;
    private final LoadTestSales loadTestSales;
    private final ApplicationEventPublisher changes;

    StockEventsListener(
            EventBatches batches,
            Stocks stocks,
            SaleCache saleCache,
            LoadTestSales loadTestSales,
            ApplicationEventPublisher changes) {
        this.batches = batches;
        this.stocks = stocks;
        this.saleCache = saleCache;
        this.loadTestSales = loadTestSales;
        this.changes = changes;
    }

    record StockChanged(UUID saleId, int allotted, int available, int reserved, int sold, long version) {

        StockChanged {
            Objects.requireNonNull(saleId, "saleId");
        }

        Stock toStock() {
            return new Stock(new SaleId(saleId), allotted, available, reserved, sold, version);
        }
    }

    @KafkaListener(id = "stock", groupId = GROUP, topics = "inventory.stock")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, this::take);
    }

    private void take(List<Event> events) {
        loadTestSales.noteEarly(events, event -> ((StockChanged) event.data()).saleId());
        var told = events.stream()
                .map(event -> ((StockChanged) event.data()).toStock())
                .toList();
        stocks.take(told);
        told.forEach(saleCache::learn);
        told.stream().map(Stock::sale).distinct().map(Sale.Changed::new).forEach(changes::publishEvent);
    }
}
