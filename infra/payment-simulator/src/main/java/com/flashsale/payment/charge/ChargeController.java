package com.flashsale.payment.charge;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.problem.ProblemTypes;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/charges")
class ChargeController {

    static final ProblemType CHARGE_NOT_FOUND =
            new ProblemType("charge-not-found", 404, "There is no charge with this key.");
    static final ProblemType CHARGE_NOT_CAPTURED =
            new ProblemType("charge-not-captured", 409, "Only captured money can be refunded.");

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final TakeCharge takeCharge;
    private final RefundCharge refundCharge;
    private final Charges charges;
    private final SlowAnswers slowAnswers;
    private final Clock clock;

    ChargeController(
            TakeCharge takeCharge, RefundCharge refundCharge, Charges charges, SlowAnswers slowAnswers, Clock clock) {
        this.takeCharge = takeCharge;
        this.refundCharge = refundCharge;
        this.charges = charges;
        this.slowAnswers = slowAnswers;
        this.clock = clock;
    }

    /** The wait comes after the commit: a caller that gives up has been charged, and finds out by asking. */
    @PostMapping
    ResponseEntity<ChargeView> charge(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = LoadTest.HEADER, required = false) @Nullable String loadTest,
            @RequestBody ChargeRequest body) {
        var wanted = Charge.of(
                checked(key),
                body.order(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                LoadTest.valid(loadTest).orElse(null));
        try (var place = slowAnswers.placeFor(wanted.order().method())) {
            return switch (takeCharge.take(wanted)) {
                case TakeCharge.Outcome.Taken(var charge) -> {
                    place.waitOut();
                    yield created(charge, false);
                }
                case TakeCharge.Outcome.Repeated(var charge) -> created(charge, true);
                case TakeCharge.Outcome.KeyReused() ->
                    throw new ProblemException(
                            ProblemTypes.IDEMPOTENCY_KEY_REUSED, "The key belongs to another order, amount or method.");
            };
        }
    }

    @GetMapping("/{key}")
    ChargeView charge(@PathVariable String key) {
        return charges.find(key).map(ChargeView::of).orElseThrow(() -> notFound(key));
    }

    @PostMapping("/{key}/refund")
    ChargeView refund(@PathVariable String key) {
        return switch (refundCharge.refund(key)) {
            case RefundCharge.Outcome.Refunded(var charge) -> ChargeView.of(charge);
            case RefundCharge.Outcome.NeverCaptured() ->
                throw new ProblemException(CHARGE_NOT_CAPTURED, "The charge was declined.");
            case RefundCharge.Outcome.Unknown() -> throw notFound(key);
        };
    }

    private static String checked(@Nullable String key) {
        if (key == null) {
            throw new ProblemException(
                    ProblemTypes.IDEMPOTENCY_KEY_MISSING, "Send the payment's id as Idempotency-Key.");
        }
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemTypes.IDEMPOTENCY_KEY_INVALID, "A key is 1 to 64 letters, digits, hyphens or underscores.");
        }
        return key;
    }

    private static ResponseEntity<ChargeView> created(Charge charge, boolean replayed) {
        var answer = ResponseEntity.created(URI.create("/v1/charges/" + charge.key()));
        if (replayed) answer.header("Idempotency-Replayed", "true");
        return answer.body(ChargeView.asFirstAnswered(charge));
    }

    private static ProblemException notFound(String key) {
        return new ProblemException(CHARGE_NOT_FOUND, "No charge was made with this key.").with("chargeKey", key);
    }
}
