package com.flashsale.catalog.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * A price. Counted in minor units, because cents add up and doubles do not.
 *
 * @param minorUnits for example 8990 for 89.90 EUR
 */
public record Money(long minorUnits, Currency currency) {

    public Money {
        if (minorUnits < 1) throw new IllegalArgumentException("not a positive amount: " + minorUnits);
    }

    public static Money of(long minorUnits, String currency) {
        return new Money(minorUnits, Currency.getInstance(currency));
    }

    /** The form in JSON: the amount is a text, so that no reader rounds it. */
    public record Text(String amount, String currency) {}

    public Text text() {
        var amount = BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
        return new Text(amount.toPlainString(), currency.getCurrencyCode());
    }
}
