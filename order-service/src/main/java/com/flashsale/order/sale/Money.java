package com.flashsale.order.sale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Currency;

/** An amount in minor units, so that adding up is exact; on the wire {@code {"amount":"89.90","currency":"EUR"}}. */
public record Money(@JsonIgnore long minor, String currency) {

    public Money {
        if (minor < 0) throw new IllegalArgumentException("money must not be negative: " + minor);
    }

    @JsonCreator
    static Money of(@JsonProperty("amount") String amount, @JsonProperty("currency") String currency) {
        var digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return new Money(new BigDecimal(amount).movePointRight(digits).longValueExact(), currency);
    }

    @JsonProperty("amount")
    public String amount() {
        var digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return BigDecimal.valueOf(minor, digits).toPlainString();
    }

    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minor, quantity), currency);
    }
}
