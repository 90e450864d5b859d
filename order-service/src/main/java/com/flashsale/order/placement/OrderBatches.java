package com.flashsale.order.placement;

import com.flashsale.order.order.OrderEvent;
import com.flashsale.order.order.OrderMeters;
import com.flashsale.order.order.Orders;
import com.flashsale.order.placement.PlaceOrder.Outcome;
import com.flashsale.order.placement.PlaceOrder.Refusal;
import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.platform.idempotency.Idempotency;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Places many orders in one transaction: their keys, the orders, their events, each in one statement. Even after a
 * failure, an order exists if and only if its key, its answer and its event do.
 */
@Component
class OrderBatches {

    /** The result for one order of a batch. */
    private sealed interface Fate {
        record Answered(StoredResponse response) implements Fate {}

        record AdmissionUsed() implements Fate {}

        record Failed(RuntimeException why) implements Fate {}
    }

    private final GroupCommit<Placement, Fate> commits;
    private final Orders orders;
    private final VoidedAdmissions voidedAdmissions;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final OrderMeters meters;
    private final TransactionTemplate transaction;

    OrderBatches(
            Orders orders,
            VoidedAdmissions voidedAdmissions,
            Idempotency idempotency,
            Outbox outbox,
            OrderMeters orderMeters,
            TransactionTemplate transaction,
            PlacementSettings settings,
            MeterRegistry meters) {
        this.orders = orders;
        this.voidedAdmissions = voidedAdmissions;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.meters = orderMeters;
        this.transaction = transaction;
        this.commits = new GroupCommit<>(
                "placement",
                new GroupCommit.Settings(
                        settings.maxBatch(), settings.queueCapacity(), settings.maxWait(), settings.pace()),
                meters,
                this::commit);
    }

    Outcome submit(Placement placement) {
        return switch (commits.submit(placement)) {
            case Fate.Answered(var response) -> new Outcome.Accepted(response);
            case Fate.AdmissionUsed() -> new Refusal.AdmissionInvalid();
            case Fate.Failed(var why) -> throw why;
        };
    }

    private List<Fate> commit(List<Placement> batch) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> write(batch)));
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | DataAccessResourceFailureException
                | CannotCreateTransactionException
                | TransactionSystemException unavailable) {
            // an infrastructure failure fails the whole batch: a retry of each order would only wait for the database
            return Collections.nCopies(batch.size(), new Fate.Failed(unavailable));
        }
    }

    private List<Fate> write(List<Placement> batch) {
        voidedAdmissions.keepOut();
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
                .map(Placement::purchase)
                .filter(purchase -> placed.contains(purchase.id()))
                .toList());
        return batch.stream()
                .map(placement ->
                        fate(placement, claimed.get(placement.request().id()), placed))
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
    private Fate fate(Placement placement, @Nullable Placement first, Set<UUID> placed) {
        if (placed.contains(placement.purchase().id())) return new Fate.Answered(placement.response());
        if (first != null && !placed.contains(first.purchase().id())) return new Fate.AdmissionUsed();
        return answeredBefore(placement.request());
    }

    /** Reads in this transaction, on its connection: a storm of repeated requests must not take all connections. */
    private Fate answeredBefore(IdempotencyRequest request) {
        try {
            return idempotency
                    .find(request)
                    .<Fate>map(Fate.Answered::new)
                    .orElseGet(() -> new Fate.Failed(
                            new ProblemException(ProblemTypes.IDEMPOTENCY_KEY_IN_USE, "Ask again in a second.")));
        } catch (ProblemException otherRequest) {
            return new Fate.Failed(otherRequest);
        }
    }

    /** Finishes the queue: each order in it has a customer who waits for the answer. */
    @PreDestroy
    void close() {
        commits.close();
    }
}
