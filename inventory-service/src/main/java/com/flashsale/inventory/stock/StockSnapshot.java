package com.flashsale.inventory.stock;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.flashsale.platform.outbox.OutboxEvent;
import java.util.UUID;

/**
 * The stock of one sale, in {@code inventory.stock.changed} and in the internal response for tools beside the platform.
 */
public record StockSnapshot(UUID saleId, @JsonUnwrapped StockCounts counts) {

    static final String TOPIC = "inventory.stock";
    private static final String TYPE = "com.flashsale.inventory.stock.changed.v1";

    public static StockSnapshot of(Stock stock) {
        return new StockSnapshot(stock.sale().value(), StockCounts.of(stock));
    }

    /** The event that announces this state. */
    public OutboxEvent changed() {
        return new OutboxEvent(TOPIC, saleId.toString(), TYPE, saleId.toString(), this);
    }
}
