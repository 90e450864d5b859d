package com.flashsale.order.placement;

import com.flashsale.order.order.Order.Placed;
import com.flashsale.order.order.OrderView;
import com.flashsale.order.order.Purchase;
import com.flashsale.order.sale.Sale;
import com.flashsale.order.sale.SaleCache;
import com.flashsale.platform.idempotency.Idempotency;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.security.SignedTokens;
import com.flashsale.platform.time.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Places an order with an admission. Checks the admission from memory, so that a request without a valid one costs a
 * signature check and at most one lookup. An accepted order costs a share in one transaction.
 */
@Service
class PlaceOrder {

    record Command(UUID saleId, int quantity, String admission, UUID customerId, IdempotencyRequest request) {}

    sealed interface Outcome {
        /** Accepted now, or before under the same key. */
        record Accepted(StoredResponse response) implements Outcome {}
    }

    /** Nothing happened, and the reason is the caller's to know. */
    sealed interface Refusal extends Outcome {
        /**
         * The sale is for a load test and the customer is real, or the other way round, or they are of two load tests.
         */
        record OtherTraffic() implements Refusal {}

        /** Forged, another's, another sale's, expired or used. */
        record AdmissionInvalid() implements Refusal {}

        /** The admission is good, for fewer units. */
        record TooManyUnits(int units) implements Refusal {}

        record SaleNotFound() implements Refusal {}

        record SaleNotOpen(Instant opensAt) implements Refusal {}

        record SalePaused() implements Refusal {}

        record SaleEnded() implements Refusal {}

        record LimitReached(int purchaseLimit) implements Refusal {}

        /** The Idempotency-Key belongs to another request, or to one that is not answered yet. */
        record KeyNotFree(ProblemException problem) implements Refusal {}
    }

    private final SignedTokens tokens;
    private final SaleCache sales;
    private final OrderBatches batches;
    private final Idempotency idempotency;
    private final JsonMapper json;
    private final Clock clock;

    PlaceOrder(
            SignedTokens tokens,
            SaleCache sales,
            OrderBatches batches,
            Idempotency idempotency,
            JsonMapper json,
            Clock clock) {
        this.tokens = tokens;
        this.sales = sales;
        this.batches = batches;
        this.idempotency = idempotency;
        this.json = json;
        this.clock = clock;
    }

    Outcome place(Command command) {
        var admission = tokens.verify(Admission.TYPE, command.admission())
                .flatMap(Admission::of)
                .filter(signed -> signed.isFor(command.saleId(), command.customerId()));
        // a repeat may come after the key that signed the admission was withdrawn
        if (admission.isEmpty()) return acceptedBefore(command).orElse(new Refusal.AdmissionInvalid());
        var sale = sales.find(command.saleId());
        if (sale.isEmpty()) return new Refusal.SaleNotFound();
        if (!Objects.equals(sale.get().loadTest(), LoadTest.current())) return new Refusal.OtherTraffic();
        var refusal = refusal(command, admission.get(), sale.get());
        if (refusal.isPresent()) return acceptedBefore(command).orElse(refusal.get());
        return batches.submit(placement(command, admission.get(), sale.get()));
    }

    private Optional<Outcome> refusal(Command command, Admission admission, Sale sale) {
        var now = clock.instant();
        if (sale.isOverAt(now)) return Optional.of(new Refusal.SaleEnded());
        if (!sale.isOpenAt(now)) return Optional.of(new Refusal.SaleNotOpen(sale.opensAt()));
        if (admission.isExpiredAt(now, sale.pauses())) return Optional.of(new Refusal.AdmissionInvalid());
        if (sale.paused()) return Optional.of(new Refusal.SalePaused());
        if (command.quantity() > sale.purchaseLimit()) {
            return Optional.of(new Refusal.LimitReached(sale.purchaseLimit()));
        }
        if (command.quantity() > admission.units()) return Optional.of(new Refusal.TooManyUnits(admission.units()));
        return Optional.empty();
    }

    /** A repeated request gets its first answer even if the sale has closed in between. */
    private Optional<Outcome> acceptedBefore(Command command) {
        return idempotency.find(command.request()).map(Outcome.Accepted::new);
    }

    /** All that can be prepared outside the transaction: id, price and the bytes of the answer. */
    private Placement placement(Command command, Admission admission, Sale sale) {
        var purchase = new Purchase(
                Ids.next(),
                command.saleId(),
                command.customerId(),
                admission.id(),
                command.quantity(),
                sale.price().times(command.quantity()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var body = json.writeValueAsBytes(OrderView.of(new Placed(purchase), null));
        return new Placement(
                purchase,
                command.request(),
                new StoredResponse(202, "/api/v1/orders/" + purchase.id(), body),
                WorkContext.current());
    }
}
