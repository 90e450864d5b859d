package com.flashsale.order.checkout;

import com.flashsale.order.order.Customer;
import com.flashsale.order.order.Order.CancellationReason;
import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.order.OrderProblems;
import com.flashsale.order.order.OrderView;
import com.flashsale.order.order.OrderView.PaymentView;
import com.flashsale.order.order.Orders;
import com.flashsale.order.payment.Payment;
import com.flashsale.platform.idempotency.Idempotency;
import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Lets a customer pay or cancel an order. */
@RestController
@RequestMapping("/api/v1/orders/{id}")
class CheckoutController {

    private final RequestPayment requestPayment;
    private final PaymentCalls calls;
    private final Checkout checkout;
    private final Orders orders;
    private final Idempotency idempotency;
    private final JsonMapper json;

    CheckoutController(
            RequestPayment requestPayment,
            PaymentCalls calls,
            Checkout checkout,
            Orders orders,
            Idempotency idempotency,
            JsonMapper json) {
        this.requestPayment = requestPayment;
        this.calls = calls;
        this.checkout = checkout;
        this.orders = orders;
        this.idempotency = idempotency;
        this.json = json;
    }

    record NewPayment(@NotNull String paymentMethod) {}

    @PostMapping("/payments")
    ResponseEntity<byte[]> pay(
            @AuthenticationPrincipal Jwt customer,
            @PathVariable UUID id,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody NewPayment payment) {
        var request = IdempotencyRequest.of(
                Customer.idOf(customer).toString(),
                IdempotencyKeys.require(key),
                "POST",
                pathOf(id) + "/payments",
                json.writeValueAsBytes(payment));
        var method = Payment.Method.of(payment.paymentMethod())
                .orElseThrow(() -> new ProblemException(
                        ProblemTypes.INVALID_REQUEST, "paymentMethod must be one of " + Payment.Method.wireNames()));
        var requested = new AtomicReference<@Nullable Payment>();
        var response = idempotency.execute(request, () -> {
            var outcome = requestPayment.request(id, Customer.idOf(customer), method);
            if (outcome instanceof RequestPayment.Outcome.Requested fresh) requested.set(fresh.payment());
            return responseTo(outcome);
        });
        var toCharge = requested.get();
        if (toCharge != null) calls.start(toCharge);
        return response.toResponseEntity();
    }

    private StoredResponse responseTo(RequestPayment.Outcome outcome) {
        return switch (outcome) {
            case RequestPayment.Outcome.Requested(var order, var payment) -> {
                var view = OrderView.of(
                        order, new PaymentView(payment.id(), payment.state().name()));
                yield new StoredResponse(202, pathOf(view.id()), json.writeValueAsBytes(view));
            }
            case RequestPayment.Outcome.OrderNotFound() -> throw OrderProblems.orderNotFound();
            case RequestPayment.Outcome.NotPayable(var state) -> throw CheckoutProblems.notPayable(state);
            case RequestPayment.Outcome.ReservationExpired() -> throw CheckoutProblems.reservationExpired();
            case RequestPayment.Outcome.InProgress() -> throw CheckoutProblems.paymentInProgress();
        };
    }

    /** Idempotent: an order that its owner has already cancelled gets the same answer again. */
    @PostMapping("/cancellation")
    ResponseEntity<OrderView> cancel(@AuthenticationPrincipal Jwt customer, @PathVariable UUID id) {
        var cancelled = checkout.cancel(id, Customer.idOf(customer));
        var order = orders.find(id, Customer.idOf(customer)).orElseThrow(OrderProblems::orderNotFound);
        var wanted = order.order() instanceof Cancelled earlier && earlier.reason() == CancellationReason.BY_CUSTOMER;
        if (cancelled.isEmpty() && !wanted) {
            throw CheckoutProblems.notCancellable(order.order().state());
        }
        return ResponseEntity.accepted().location(URI.create(pathOf(id))).body(order.view());
    }

    private static String pathOf(UUID order) {
        return "/api/v1/orders/" + order;
    }
}
