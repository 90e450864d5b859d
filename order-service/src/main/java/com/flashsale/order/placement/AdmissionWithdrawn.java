package com.flashsale.order.placement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.flashsale.platform.observability.Origin;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What we read of {@code waitlist.admission} withdrawn: its units are wanted back, if nobody has used it.
 *
 * @param origin of the message; its data does not say it
 */
record AdmissionWithdrawn(
        UUID admissionId,
        UUID saleId,
        Instant expiresAt,
        @JsonIgnore Origin origin) {

    @JsonCreator
    AdmissionWithdrawn(UUID admissionId, UUID saleId, Instant expiresAt) {
        this(admissionId, saleId, expiresAt, Origin.NONE);
    }

    AdmissionWithdrawn causedBy(Origin cause) {
        return new AdmissionWithdrawn(admissionId, saleId, expiresAt, cause);
    }

    AdmissionWithdrawn {
        Objects.requireNonNull(admissionId, "admissionId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
