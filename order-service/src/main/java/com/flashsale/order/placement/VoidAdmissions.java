package com.flashsale.order.placement;

import com.flashsale.order.placement.AdmissionEvent.AdmissionUsed;
import com.flashsale.order.placement.AdmissionEvent.AdmissionVoided;
import com.flashsale.platform.outbox.Outbox;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends admissions that waitlist-service takes back. It may promise their units to another customer only when it is
 * certain that no order is on its way, however late news travels. Only this service knows that. No inbox is needed: the
 * same question has the same answer.
 */
@Service
class VoidAdmissions {

    private static final Duration MEMORY = Duration.ofDays(1);
    private static final int FORGET_BATCH = 1_000;

    private final VoidedAdmissions admissions;
    private final Outbox outbox;

    VoidAdmissions(VoidedAdmissions admissions, Outbox outbox) {
        this.admissions = admissions;
        this.outbox = outbox;
    }

    @Transactional
    public void withdrawn(List<AdmissionWithdrawn> asked) {
        var once = new LinkedHashMap<Object, AdmissionWithdrawn>();
        asked.forEach(each -> once.put(each.admissionId(), each));
        answer(once.values());
    }

    private static AdmissionEvent answer(AdmissionWithdrawn asked, @Nullable UUID order) {
        return order == null
                ? new AdmissionVoided(asked.admissionId(), asked.saleId())
                : new AdmissionUsed(asked.admissionId(), asked.saleId(), order);
    }

    private void answer(Collection<AdmissionWithdrawn> withdrawn) {
        admissions.forget(MEMORY, FORGET_BATCH);
        admissions.lockExclusively();
        var orders = admissions.orders(
                withdrawn.stream().map(AdmissionWithdrawn::admissionId).toList());
        admissions.add(withdrawn.stream()
                .filter(each -> !orders.containsKey(each.admissionId()))
                .toList());
        outbox.append(withdrawn.stream()
                .map(each ->
                        answer(each, orders.get(each.admissionId())).toOutbox().causedBy(each.origin()))
                .toList());
    }
}
