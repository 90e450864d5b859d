package com.flashsale.payment.charge;

import com.flashsale.payment.fault.Declines;
import com.flashsale.payment.ledger.Ledger;
import com.flashsale.payment.ledger.LedgerEntry;
import com.flashsale.payment.ledger.LedgerEntry.Kind;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the money, or repeats the answer to the first call with the same key. */
@Service
class TakeCharge {

    sealed interface Outcome {

        /** Decided by this call. */
        record Taken(Charge charge) implements Outcome {}

        /** Decided by an earlier call with the same key. */
        record Repeated(Charge charge) implements Outcome {}

        /** The key belongs to a charge of another amount, order or method. */
        record KeyReused() implements Outcome {}
    }

    private final Charges charges;
    private final Ledger ledger;
    private final Declines declines;

    TakeCharge(Charges charges, Ledger ledger, Declines declines) {
        this.charges = charges;
        this.ledger = ledger;
        this.declines = declines;
    }

    /** Inserts first: the unique key decides which of several concurrent calls captures. */
    @Transactional
    public Outcome take(Charge asked) {
        var wanted = declines.decline() ? asked.declined() : asked;
        if (charges.insert(wanted)) {
            ledger.append(entryOf(wanted));
            return new Outcome.Taken(wanted);
        }
        var first = charges.find(wanted.key()).orElseThrow();
        return first.asksTheSameAs(wanted) ? new Outcome.Repeated(first) : new Outcome.KeyReused();
    }

    private static LedgerEntry entryOf(Charge charge) {
        var kind = switch (charge.verdict()) {
            case CAPTURED -> Kind.CAPTURE;
            case DECLINED -> Kind.DECLINE;
        };
        return LedgerEntry.of(
                charge.key(), charge.order().id(), kind, charge.order().amount(), charge.chargedAt());
    }
}
