package com.flashsale.order.placement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.flashsale.platform.observability.WorkContext;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The fields of a withdrawn {@code waitlist.admission} that are read here. waitlist-service wants its units back,
 * unless an order has used it.
 *
 * @param origin of the message; its data does not hold it
 */
record AdmissionWithdrawn(
        UUID admissionId,
        UUID saleId,
        Instant expiresAt,
        @JsonIgnore WorkContext origin) {

    @JsonCreator
    AdmissionWithdrawn(UUID admissionId, UUID saleId, Instant expiresAt) {
        this(admissionId, saleId, expiresAt, WorkContext.NONE);
    }

    AdmissionWithdrawn causedBy(WorkContext cause) {
        return new AdmissionWithdrawn(admissionId, saleId, expiresAt, cause);
    }

    AdmissionWithdrawn {
        Objects.requireNonNull(admissionId, "admissionId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
