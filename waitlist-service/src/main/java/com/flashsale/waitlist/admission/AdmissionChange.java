package com.flashsale.waitlist.admission;

import org.jspecify.annotations.Nullable;

/**
 * Where an admission stands now. It may be told again when nothing has changed: whoever acts on it must not mind.
 *
 * @param refusal why the order got no unit, if it was refused
 */
public record AdmissionChange(
        Admission admission, AdmissionState state, @Nullable String refusal) {

    public static AdmissionChange issued(Admission admission) {
        return new AdmissionChange(admission, AdmissionState.ISSUED, null);
    }
}
