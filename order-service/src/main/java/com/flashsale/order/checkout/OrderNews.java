package com.flashsale.order.checkout;

import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.order.OrderEvent;
import com.flashsale.order.order.Purchase;
import com.flashsale.order.payment.Payments.Captured;
import com.flashsale.order.sale.SaleTags;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The events about the changes of a {@link Checkout}, in the transaction of the change. */
@Component
class OrderNews {

    private final Outbox outbox;
    private final SaleTags tags;
    private final Clock clock;

    OrderNews(Outbox outbox, SaleTags tags, Clock clock) {
        this.outbox = outbox;
        this.tags = tags;
        this.clock = clock;
    }

    void paid(Purchase order, UUID payment) {
        outbox.append(OrderEvent.paid(order, payment, now()).toOutbox(null, tags));
    }

    /**
     * Repeats the paid event of orders that inventory takes for unpaid: the first event may be late or lost. Inventory
     * answers the repetition as before, or for the first time.
     */
    void paidAgain(List<Captured> orders, Map<UUID, WorkContext> origins) {
        outbox.append(orders.stream()
                .map(each -> OrderEvent.paid(each.order(), each.payment(), now())
                        .toOutbox(origins.get(each.order().id()), tags))
                .toList());
    }

    void cancelled(List<Cancelled> cancelled, Map<UUID, WorkContext> origins) {
        outbox.append(cancelled.stream()
                .map(order -> OrderEvent.cancelled(order, now())
                        .toOutbox(origins.get(order.purchase().id()), tags))
                .toList());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
