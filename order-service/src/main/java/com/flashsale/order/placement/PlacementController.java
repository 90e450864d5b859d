package com.flashsale.order.placement;

import com.flashsale.order.order.Customer;
import com.flashsale.order.placement.PlaceOrder.Outcome.Accepted;
import com.flashsale.order.placement.PlaceOrder.Refusal;
import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
class PlacementController {

    static final String PATH = "/api/v1/orders";

    private final PlaceOrder placeOrder;
    private final JsonMapper json;

    PlacementController(PlaceOrder placeOrder, JsonMapper json) {
        this.placeOrder = placeOrder;
        this.json = json;
    }

    record NewOrder(
            @NotNull UUID saleId,
            @Min(1) int quantity,
            @NotNull String admission) {}

    @PostMapping(PATH)
    ResponseEntity<byte[]> place(
            @AuthenticationPrincipal Jwt customer,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody NewOrder order) {
        var customerId = Customer.idOf(customer);
        var request = IdempotencyRequest.of(
                customerId.toString(), IdempotencyKeys.require(key), "POST", PATH, json.writeValueAsBytes(order));
        var command = new PlaceOrder.Command(order.saleId(), order.quantity(), order.admission(), customerId, request);
        return switch (placeOrder.place(command)) {
            case Accepted(var response) -> response.toResponseEntity();
            case Refusal refusal -> throw PlacementProblems.of(refusal);
        };
    }
}
