package com.flashsale.payment.charge;

import com.flashsale.payment.money.Money;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of a charge. */
record ChargeRequest(
        @Nullable UUID orderId,
        Money.@Nullable Text amount,
        @Nullable String paymentMethod) {

    Charge.Order order() {
        if (orderId == null) throw invalid("orderId", "is required");
        var money = amount == null ? Optional.<Money>empty() : amount.parse();
        return new Charge.Order(
                orderId,
                money.orElseThrow(() -> invalid("amount", "must be a positive amount in the currency's own decimals")),
                PaymentMethod.named(paymentMethod)
                        .orElseThrow(() -> invalid("paymentMethod", "must be one of " + PaymentMethod.names())));
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(ProblemTypes.INVALID_REQUEST, field + " " + message + ".")
                .with("errors", List.of(Map.of("field", field, "message", message)));
    }
}
