package com.flashsale.payment.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "89.90, EUR, 8990",
        "0.01, EUR, 1",
        "5, EUR, 500",
        "500, JPY, 500",
        "1.234, KWD, 1234",
        "1.2345, CLF, 12345",
        "300000000000, VND, 300000000000"
    })
    void an_amount_is_read_in_the_smallest_unit_of_its_currency(String amount, String currency, long minorUnits) {
        assertThat(new Money.Text(amount, currency).parse()).contains(Money.of(minorUnits, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "0, EUR",
        "-1, EUR",
        "1.234, EUR",
        "1.5, JPY",
        "1e2, EUR",
        "'1,00', EUR",
        "1, eur",
        // ISO 4217: no currency
        "1, XXX",
        "1.23456, CLF",
        "999999999999999, EUR",
        "NaN, EUR"
    })
    void a_text_that_is_not_a_positive_amount_in_its_currency_is_no_money(String amount, String currency) {
        assertThat(new Money.Text(amount, currency).parse()).isEmpty();
    }

    @Test
    void it_is_written_with_all_decimals() {
        assertThat(Money.of(8990, "EUR").text()).isEqualTo(new Money.Text("89.90", "EUR"));
    }
}
