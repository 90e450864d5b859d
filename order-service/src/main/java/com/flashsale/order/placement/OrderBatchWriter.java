package com.flashsale.order.placement;

import com.flashsale.order.order.OrderEvent;
import com.flashsale.order.order.OrderMeters;
import com.flashsale.order.order.Orders;
import com.flashsale.order.placement.PlaceOrder.Outcome;
import com.flashsale.order.placement.PlaceOrder.Refusal;
import com.flashsale.platform.idempotency.Idempotency;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes a batch of orders in one transaction: their keys, the orders, their events, each in one statement. Even after
 * a failure, an order exists if and only if its key, its answer and its event do.
 */
@Component
class OrderBatchWriter {

    private final Orders orders;
    private final VoidedAdmissions voidedAdmissions;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final OrderMeters meters;

    OrderBatchWriter(
            Orders orders,
            VoidedAdmissions voidedAdmissions,
            Idempotency idempotency,
            Outbox outbox,
            OrderMeters meters) {
        this.orders = orders;
        this.voidedAdmissions = voidedAdmissions;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.meters = meters;
    }

    /** The outcome of each order, in the order of the batch. */
    @Transactional
    List<Outcome> write(List<Placement> batch) {
        voidedAdmissions.lockShared();
        var firstOfKey = new LinkedHashMap<IdempotencyRequest.Id, Placement>(batch.size() * 2);
        batch.forEach(placement -> firstOfKey.putIfAbsent(placement.request().id(), placement));
        var claimed = claim(firstOfKey);
        var placed =
                orders.place(claimed.values().stream().map(Placement::purchase).toList());
        idempotency.forget(refused(claimed, placed));
        outbox.append(claimed.values().stream()
                .filter(placement -> placed.contains(placement.purchase().id()))
                .map(placement ->
                        OrderEvent.placed(placement.purchase()).toOutbox().causedBy(placement.origin()))
                .toList());
        meters.placed(claimed.values().stream()
                .filter(placement -> placed.contains(placement.purchase().id()))
                .map(Placement::origin));
        return batch.stream()
                .map(placement ->
                        outcome(placement, claimed.get(placement.request().id()), placed))
                .toList();
    }

    private Map<IdempotencyRequest.Id, Placement> claim(Map<IdempotencyRequest.Id, Placement> firstOfKey) {
        var free = idempotency.claim(
                firstOfKey.values().stream().map(Placement::request).toList(),
                firstOfKey.values().stream().map(Placement::response).toList());
        return firstOfKey.entrySet().stream()
                .filter(entry -> free.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, LinkedHashMap::new));
    }

    private static Collection<IdempotencyRequest.Id> refused(
            Map<IdempotencyRequest.Id, Placement> claimed, Set<UUID> placed) {
        return claimed.values().stream()
                .filter(placement -> !placed.contains(placement.purchase().id()))
                .map(placement -> placement.request().id())
                .toList();
    }

    /** @param first the placement that claimed this order's key in this batch; null if the key was taken before */
    private Outcome outcome(Placement placement, @Nullable Placement first, Set<UUID> placed) {
        if (placed.contains(placement.purchase().id())) return new Outcome.Accepted(placement.response());
        if (first != null && !placed.contains(first.purchase().id())) return new Refusal.AdmissionInvalid();
        return answeredBefore(placement.request());
    }

    /** Reads in this transaction, on its connection: a storm of repeated requests must not take all connections. */
    private Outcome answeredBefore(IdempotencyRequest request) {
        try {
            return idempotency
                    .find(request)
                    .<Outcome>map(Outcome.Accepted::new)
                    .orElseGet(() -> new Refusal.KeyNotFree(new ProblemException(
                            ProblemTypes.IDEMPOTENCY_KEY_IN_USE, "Repeat the request in a second.")));
        } catch (ProblemException otherRequest) {
            return new Refusal.KeyNotFree(otherRequest);
        }
    }
}
