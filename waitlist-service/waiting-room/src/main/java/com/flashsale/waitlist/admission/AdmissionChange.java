package com.flashsale.waitlist.admission;

import org.jspecify.annotations.Nullable;

/**
 * The present state of an admission. It may be published again without a change, so each receiver must tolerate a
 * repetition.
 *
 * @param refusal why the order got no unit, if it was refused
 */
public record AdmissionChange(
        Admission admission,
        Admission.State state,
        @Nullable String refusal) {

    public static AdmissionChange issued(Admission admission) {
        return new AdmissionChange(admission, Admission.State.ISSUED, null);
    }
}
