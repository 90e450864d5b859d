package com.flashsale.catalog.sale;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.flashsale.catalog.money.Money;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.OutboxEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of a sale. Each carries the full facts, so that a reader of the compacted topic needs only the last event.
 */
enum SaleEvent {
    SCHEDULED,
    CHANGED,
    PAUSED,
    RESUMED,
    ENDED;

    static final String TOPIC = "catalog.sale";

    OutboxEvent of(Sale sale) {
        return new OutboxEvent(TOPIC, sale.id().toString(), type(), sale.id().toString(), Facts.of(sale))
                // the tag of the sale, also when an operator outside the load test ends it
                .causedBy(WorkContext.current().ofLoadTest(sale.loadTest()));
    }

    private String type() {
        var fact = switch (this) {
            case SCHEDULED -> "scheduled";
            case CHANGED -> "changed";
            case PAUSED -> "paused";
            case RESUMED -> "resumed";
            case ENDED -> "ended";
        };
        return "com.flashsale.catalog.sale." + fact + ".v1";
    }

    /** The data of each event; asyncapi.yaml is its contract. */
    record Facts(
            UUID saleId,
            int version,
            UUID productId,
            String productName,
            Money.Text price,
            @JsonUnwrapped Terms terms,
            boolean paused,
            long pausedMillis,
            @Nullable Instant pausedAt,
            @Nullable Instant endedAt) {

        static Facts of(Sale sale) {
            var pauses = sale.pauses();
            return new Facts(
                    sale.id(),
                    sale.version(),
                    sale.productId(),
                    sale.productName(),
                    sale.price().text(),
                    sale.terms(),
                    pauses.running(),
                    pauses.total().toMillis(),
                    pauses.since(),
                    sale.endedAt());
        }
    }
}
