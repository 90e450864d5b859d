package com.flashsale.waitlist.admission;

import java.util.Objects;
import java.util.UUID;

/**
 * The fields that this service reads of {@code order.admission} voided: no order was placed with it, and none ever will
 * be.
 */
public record AdmissionVoided(UUID admissionId) {

    public AdmissionVoided {
        Objects.requireNonNull(admissionId, "admissionId");
    }
}
