package com.flashsale.waitlist.admission;

import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import com.flashsale.waitlist.sale.SaleCache;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells order-service which admissions are taken back; {@code asyncapi.yaml} is the contract. */
@Component
class AdmissionEvents {

    private static final String TOPIC = "waitlist.admission";

    private final Outbox outbox;
    private final SaleCache sales;

    AdmissionEvents(Outbox outbox, SaleCache sales) {
        this.outbox = outbox;
        this.sales = sales;
    }

    record Withdrawn(UUID admissionId, UUID saleId, UUID customerId, Instant expiresAt) {}

    /** In the transaction that noted it. */
    void withdrawn(List<Admission> admissions) {
        outbox.append(admissions.stream().map(this::event).toList());
    }

    private OutboxEvent event(Admission admission) {
        var sale = admission.sale().value();
        return new OutboxEvent(
                        TOPIC,
                        sale.toString(),
                        "com.flashsale.waitlist.admission.withdrawn.v1",
                        admission.id().toString(),
                        new Withdrawn(admission.id(), sale, admission.customer().value(), admission.expiresAt()))
                .causedBy(WorkContext.current().ofLoadTest(sales.loadTestOf(admission.sale())));
    }
}
