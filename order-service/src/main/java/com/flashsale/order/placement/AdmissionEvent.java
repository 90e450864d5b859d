package com.flashsale.order.placement;

import com.flashsale.platform.outbox.OutboxEvent;
import java.util.UUID;

/** The end of an admission that waitlist-service withdrew; {@code asyncapi.yaml} is the contract. */
sealed interface AdmissionEvent {

    String TOPIC = "order.admission";

    UUID admissionId();

    UUID saleId();

    /** An order was placed with it before. */
    record AdmissionUsed(UUID admissionId, UUID saleId, UUID orderId) implements AdmissionEvent {}

    /** No order was placed with it, and none ever will be. */
    record AdmissionVoided(UUID admissionId, UUID saleId) implements AdmissionEvent {}

    default OutboxEvent toOutbox() {
        var type = switch (this) {
            case AdmissionUsed _ -> "com.flashsale.order.admission.used.v1";
            case AdmissionVoided _ -> "com.flashsale.order.admission.voided.v1";
        };
        return new OutboxEvent(TOPIC, saleId().toString(), type, admissionId().toString(), this);
    }
}
