package com.flashsale.order.placement;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** What we read of {@code waitlist.admission} withdrawn: its units are wanted back, if nobody has used it. */
record AdmissionWithdrawn(UUID admissionId, UUID saleId, Instant expiresAt) {

    AdmissionWithdrawn {
        Objects.requireNonNull(admissionId, "admissionId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
