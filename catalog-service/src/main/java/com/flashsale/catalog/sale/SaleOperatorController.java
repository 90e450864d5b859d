package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.OperatorRequests;
import com.flashsale.catalog.operator.RequestValidator;
import com.flashsale.catalog.product.Product;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes of sales by operators, and by load tests to their own sales. */
@RestController
@RequestMapping(SaleController.PATH)
class SaleOperatorController {

    static final ProblemType SALE_NOT_PAUSABLE =
            new ProblemType("sale-not-pausable", 409, "Only a sale that has opened and not ended can be paused.");
    static final ProblemType SALE_NOT_RESUMABLE =
            new ProblemType("sale-not-resumable", 409, "Only a sale that has opened and not ended can be resumed.");

    static final ProblemType PACE_NOT_CHANGEABLE = new ProblemType(
            "pace-not-changeable", 409, "The admission pace of a sale that has ended cannot be changed.");

    private final CreateSale createSale;
    private final ChangeSale changeSale;
    private final SaleReads reads;
    private final OperatorRequests operator;
    private final Clock clock;

    SaleOperatorController(
            CreateSale createSale, ChangeSale changeSale, SaleReads reads, OperatorRequests operator, Clock clock) {
        this.createSale = createSale;
        this.changeSale = changeSale;
        this.reads = reads;
        this.operator = operator;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<byte[]> create(
            @AuthenticationPrincipal Jwt client, HttpServletRequest request, @RequestBody SaleRequest body) {
        var answer =
                operator.apply(client, request, body, () -> created(createSale.create(body.check(clock.instant()))));
        reads.added();
        return answer;
    }

    @PostMapping("/{id}/pause")
    ResponseEntity<byte[]> pause(
            @AuthenticationPrincipal Jwt client, HttpServletRequest request, @PathVariable UUID id) {
        return change(client, request, id, () -> done(changeSale.pause(id), id, SALE_NOT_PAUSABLE));
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<byte[]> resume(
            @AuthenticationPrincipal Jwt client, HttpServletRequest request, @PathVariable UUID id) {
        return change(client, request, id, () -> done(changeSale.resume(id), id, SALE_NOT_RESUMABLE));
    }

    @PostMapping("/{id}/end")
    ResponseEntity<byte[]> end(@AuthenticationPrincipal Jwt client, HttpServletRequest request, @PathVariable UUID id) {
        return change(client, request, id, () -> done(changeSale.end(id), id, SALE_NOT_RESUMABLE));
    }

    @PutMapping("/{id}/admission-pace")
    ResponseEntity<byte[]> changePace(
            @AuthenticationPrincipal Jwt client,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestBody PaceRequest body) {
        return change(
                client,
                request,
                id,
                body,
                () -> done(changeSale.changePace(id, body.check()), id, PACE_NOT_CHANGEABLE));
    }

    private ResponseEntity<byte[]> change(
            Jwt client, HttpServletRequest request, UUID id, Supplier<StoredResponse> action) {
        return change(client, request, id, Map.of(), action);
    }

    /** Forgets the copy after the commit, so that the operator's next read shows the change. */
    private ResponseEntity<byte[]> change(
            Jwt client, HttpServletRequest request, UUID id, Object body, Supplier<StoredResponse> action) {
        // from the table: a copy in memory may be older than the sale
        changeSale
                .find(id)
                .ifPresent(
                        sale -> operator.requireSameTraffic(client, sale.sale().loadTest()));
        var answer = operator.apply(client, request, body, action);
        reads.changed(id);
        return answer;
    }

    private StoredResponse created(CreateSale.Outcome outcome) {
        return switch (outcome) {
            case CreateSale.Outcome.Created(var sale) ->
                operator.created(SaleController.PATH + "/" + sale.id(), SaleView.of(sale, clock.instant()));
            case CreateSale.Outcome.UnknownProduct(var productId) ->
                throw new ProblemException(Product.NOT_FOUND, "No product has this id.").with("productId", productId);
            case CreateSale.Outcome.OfOtherTraffic() -> throw LoadTests.mismatch();
            case CreateSale.Outcome.WrongCurrency(var needed) -> throw wrongCurrency(needed);
        };
    }

    private StoredResponse done(ChangeSale.Outcome outcome, UUID id, ProblemType refusal) {
        return switch (outcome) {
            case ChangeSale.Outcome.Done(var sale) -> operator.ok(SaleView.of(sale, clock.instant()));
            case ChangeSale.Outcome.WrongState(var state) ->
                throw new ProblemException(refusal, "The sale is " + state + ".").with("state", state);
            case ChangeSale.Outcome.Unknown() -> throw SaleController.notFound(id);
        };
    }

    private static RuntimeException wrongCurrency(Currency needed) {
        var validator = new RequestValidator();
        validator.refuse("price.currency", "must be the product's: " + needed.getCurrencyCode());
        return validator.problem();
    }
}
