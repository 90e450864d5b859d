package com.flashsale.payment.ledger;

import com.flashsale.payment.money.Money;
import java.time.Instant;
import java.util.UUID;

/** One movement of money, or the record that there was none (a decline). Its load test is its charge's. */
public record LedgerEntry(long id, String chargeKey, UUID orderId, Kind kind, Money amount, Instant at) {

    private static final long UNSAVED = 0;

    public enum Kind {
        CAPTURE,
        REFUND,
        DECLINE
    }

    public static LedgerEntry of(String chargeKey, UUID orderId, Kind kind, Money amount, Instant at) {
        return new LedgerEntry(UNSAVED, chargeKey, orderId, kind, amount, at);
    }
}
