package com.flashsale.waitlist.admission;

import java.util.List;

/**
 * Published inside the transaction that changed the rows, so that what depends on them commits or rolls back with them.
 */
public record AdmissionsChanged(List<AdmissionChange> changes) {}
