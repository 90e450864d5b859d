package com.flashsale.payment.charge;

import com.flashsale.payment.ledger.Ledger;
import com.flashsale.payment.ledger.LedgerEntry;
import com.flashsale.payment.ledger.LedgerEntry.Kind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives captured money back, once. */
@Service
class RefundCharge {

    sealed interface Outcome {

        /** By this call or an earlier one: the caller cannot tell and need not. */
        record Refunded(Charge charge) implements Outcome {}

        /** It was declined, so there is nothing to give back. */
        record NeverCaptured() implements Outcome {}

        record Unknown() implements Outcome {}
    }

    private final Charges charges;
    private final Ledger ledger;
    private final Clock clock;

    RefundCharge(Charges charges, Ledger ledger, Clock clock) {
        this.charges = charges;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Transactional
    public Outcome refund(String key) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var refunded = charges.refund(key, now);
        if (refunded.isPresent()) {
            var charge = refunded.get();
            ledger.append(LedgerEntry.of(
                    charge.key(),
                    charge.order().id(),
                    Kind.REFUND,
                    charge.order().amount(),
                    now));
            return new Outcome.Refunded(charge);
        }
        return charges.find(key).map(RefundCharge::unchanged).orElseGet(Outcome.Unknown::new);
    }

    private static Outcome unchanged(Charge charge) {
        return switch (charge.verdict()) {
            case CAPTURED -> new Outcome.Refunded(charge);
            case DECLINED -> new Outcome.NeverCaptured();
        };
    }
}
