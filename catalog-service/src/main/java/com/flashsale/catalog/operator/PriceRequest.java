package com.flashsale.catalog.operator;

import com.flashsale.catalog.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A price in a request. The amount is text in plain digits, never a JSON number, which a client may have rounded. */
public record PriceRequest(
        @Nullable String amount, @Nullable String currency) {

    /** Keeps a hundred units at this price, in the smallest unit of any currency, within a long. */
    private static final int MOST_DIGITS = 12;

    private static final Pattern PLAIN = Pattern.compile("\\d{1," + MOST_DIGITS + "}(\\.\\d{1,4})?");
    private static final Money PLACEHOLDER = Money.of(1, "EUR");

    public static Money check(String field, @Nullable PriceRequest price, RequestValidator validator) {
        if (price == null) {
            validator.refuse(field, "is required");
            return PLACEHOLDER;
        }
        return price.check(field, validator);
    }

    private Money check(String field, RequestValidator validator) {
        var known = known(currency);
        if (known.isEmpty()) {
            validator.refuse(field + ".currency", "must be the ISO 4217 code of a currency such as EUR");
        }
        if (amount == null || !PLAIN.matcher(amount).matches()) {
            validator.refuse(
                    field + ".amount",
                    "must be a text such as \"89.90\" with at most " + MOST_DIGITS
                            + " digits before the point and as many decimals as the currency has");
            return PLACEHOLDER;
        }
        return known.map(of -> money(field, new BigDecimal(amount), of, validator))
                .orElse(PLACEHOLDER);
    }

    private static Money money(String field, BigDecimal amount, Currency currency, RequestValidator validator) {
        var decimals = currency.getDefaultFractionDigits();
        if (amount.signum() <= 0) {
            validator.refuse(field + ".amount", "must be greater than 0");
        } else if (amount.stripTrailingZeros().scale() > decimals) {
            validator.refuse(
                    field + ".amount",
                    "must have at most %d decimals in %s".formatted(decimals, currency.getCurrencyCode()));
        } else {
            return new Money(amount.movePointRight(decimals).longValueExact(), currency);
        }
        return PLACEHOLDER;
    }

    private static Optional<Currency> known(@Nullable String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                .findAny();
    }
}
