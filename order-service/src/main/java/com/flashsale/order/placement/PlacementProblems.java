package com.flashsale.order.placement;

import com.flashsale.order.placement.PlaceOrder.Refusal;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import java.time.Duration;

/** Why an order is not taken; the names are part of the API. */
final class PlacementProblems {

    private static final ProblemType ADMISSION_INVALID =
            new ProblemType("admission-invalid", 403, "Admission is not valid for this order.");
    private static final ProblemType SALE_NOT_FOUND =
            new ProblemType("sale-not-found", 404, "There is no sale with this id.");
    private static final ProblemType SALE_NOT_OPEN = new ProblemType("sale-not-open", 409, "The sale is not open yet.");
    private static final ProblemType SALE_PAUSED =
            new ProblemType("sale-paused", 409, "The sale is paused for a moment.");
    private static final ProblemType SALE_ENDED = new ProblemType("sale-ended", 410, "The sale has ended.");
    private static final ProblemType LIMIT_REACHED =
            new ProblemType("limit-reached", 409, "The purchase limit of this sale is reached.");

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(5);

    private PlacementProblems() {}

    static ProblemException of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.AdmissionInvalid() ->
                new ProblemException(
                        ADMISSION_INVALID, "An admission counts once, for its customer, its sale and its time.");
            case Refusal.TooManyUnits(var units) ->
                new ProblemException(
                                ADMISSION_INVALID,
                                "This turn is for " + units + (units == 1 ? " unit" : " units")
                                        + ". Order that many or fewer with it.")
                        .with("units", units);
            case Refusal.OtherTraffic() -> LoadTests.mismatch();
            case Refusal.SaleNotFound() -> new ProblemException(SALE_NOT_FOUND, "GET /api/v1/sales lists the sales.");
            case Refusal.SaleNotOpen(var opensAt) ->
                new ProblemException(SALE_NOT_OPEN, "Repeat the request after opensAt.").with("opensAt", opensAt);
            case Refusal.SalePaused() ->
                new ProblemException(SALE_PAUSED, "Repeat the request soon.").retryAfter(LOOK_AGAIN_AFTER);
            case Refusal.SaleEnded() -> new ProblemException(SALE_ENDED, "No more orders are taken.");
            case Refusal.LimitReached(var limit) ->
                new ProblemException(LIMIT_REACHED, "One customer may buy " + limit + ".").with("purchaseLimit", limit);
            case Refusal.KeyNotFree(var problem) -> problem;
        };
    }
}
