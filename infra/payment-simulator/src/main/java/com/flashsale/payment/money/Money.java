package com.flashsale.payment.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A positive amount of money. Counted in minor units, because cents add up and doubles do not.
 *
 * @param minorUnits for example 8990 for 89.90 EUR
 */
public record Money(long minorUnits, Currency currency) {

    /** No currency has more decimals, and no amount of this length more minor units than a long holds. */
    private static final Pattern PLAIN = Pattern.compile("\\d{1,14}(\\.\\d{1,4})?");

    public Money {
        if (minorUnits < 1) throw new IllegalArgumentException("not a positive amount: " + minorUnits);
    }

    public static Money of(long minorUnits, String currency) {
        return new Money(minorUnits, Currency.getInstance(currency));
    }

    /** Money as JSON says it. */
    public record Text(@Nullable String amount, @Nullable String currency) {

        /** Empty unless it is a positive amount with no more decimals than the currency has. */
        public Optional<Money> parse() {
            if (amount == null || currency == null || !PLAIN.matcher(amount).matches()) return Optional.empty();
            return Currency.getAvailableCurrencies().stream()
                    .filter(known -> known.getCurrencyCode().equals(currency))
                    .filter(known -> known.getDefaultFractionDigits() >= 0)
                    .findAny()
                    .flatMap(known -> minorUnits(amount, known).map(units -> new Money(units, known)));
        }

        private static Optional<Long> minorUnits(String amount, Currency currency) {
            var units = new BigDecimal(amount).movePointRight(currency.getDefaultFractionDigits());
            return units.signum() > 0 && units.stripTrailingZeros().scale() <= 0
                    ? Optional.of(units.longValueExact())
                    : Optional.empty();
        }
    }

    public Text text() {
        var amount = BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
        return new Text(amount.toPlainString(), currency.getCurrencyCode());
    }
}
