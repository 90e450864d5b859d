package com.flashsale.catalog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.catalog.money.Money;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.web.FieldProblem;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceRequestTest {

    @ParameterizedTest
    @CsvSource({
        "89.90, EUR, 8990",
        "89.9, EUR, 8990",
        "89, EUR, 8900",
        "0.01, EUR, 1",
        "500, JPY, 500",
        "007.00, EUR, 700",
        "1.250, KWD, 1250",
        "0.001, BHD, 1",
        "150000000, VND, 150000000",
        "999999999999.99, EUR, 99999999999999",
        "1.2345, CLF, 12345"
    })
    void plain_amounts_are_read_exactly(String amount, String currency, long minorUnits) {
        var validator = new RequestValidator();
        var money = PriceRequest.check("price", new PriceRequest(amount, currency), validator);
        validator.complete();
        assertThat(money).isEqualTo(Money.of(minorUnits, currency));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.999",
                "1,99",
                "1e3",
                ".5",
                "5.",
                "0x10",
                "NaN",
                "1234567890123",
                "0.00001",
                "１",
                "0",
                "0.00"
            })
    void everything_else_is_refused(String amount) {
        assertThat(refusalOf(new PriceRequest(amount, "EUR")))
                .extracting(FieldProblem::field)
                .containsExactly("price.amount");
    }

    /** ISO 4217 gives the code of three X to "no currency", and XAU to gold. */
    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "XYZ", "XXX", "XAU"})
    void an_unknown_currency_is_refused(String currency) {
        assertThat(refusalOf(new PriceRequest("1.00", currency)))
                .extracting(FieldProblem::field)
                .containsExactly("price.currency");
    }

    @Test
    void every_currency_has_its_own_number_of_decimals_and_loses_none() {
        for (var currency : Currency.getAvailableCurrencies()) {
            var decimals = currency.getDefaultFractionDigits();
            if (decimals < 0) continue;
            var amount = decimals == 0 ? "7" : "7." + "0".repeat(decimals - 1) + "5";
            var validator = new RequestValidator();
            var money = PriceRequest.check("price", new PriceRequest(amount, currency.getCurrencyCode()), validator);
            validator.complete();
            assertThat(money.text()).isEqualTo(new Money.Text(amount, currency.getCurrencyCode()));
            assertThat(refusalOf(new PriceRequest("1." + "0".repeat(decimals) + "1", currency.getCurrencyCode())))
                    .extracting(FieldProblem::field)
                    .containsExactly("price.amount");
        }
    }

    @Test
    void yen_have_no_decimals() {
        assertThat(refusalOf(new PriceRequest("500.50", "JPY")))
                .containsExactly(new FieldProblem("price.amount", "must have at most 0 decimals in JPY"));
    }

    @Test
    void a_price_without_anything_names_both_fields() {
        assertThat(refusalOf(new PriceRequest(null, null)))
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder("price.currency", "price.amount");
    }

    @SuppressWarnings("unchecked")
    private static List<FieldProblem> refusalOf(PriceRequest price) {
        var validator = new RequestValidator();
        PriceRequest.check("price", price, validator);
        ProblemException problem = validator.problem();
        return (List<FieldProblem>) problem.properties().get("errors");
    }
}
