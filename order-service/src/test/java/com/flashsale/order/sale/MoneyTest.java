package com.flashsale.order.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class MoneyTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({"89.90,EUR,8990", "0.05,EUR,5", "1200,JPY,1200", "1.234,KWD,1234", "1.2345,CLF,12345"})
    void goes_over_the_wire_and_back_in_the_decimals_of_its_currency(String amount, String currency, long minor) {
        var wire = "{\"amount\":\"%s\",\"currency\":\"%s\"}".formatted(amount, currency);

        var money = json.readValue(wire, Money.class);

        assertThat(money).isEqualTo(new Money(minor, currency));
        assertThat(json.readTree(json.writeValueAsString(money))).isEqualTo(json.readTree(wire));
    }

    @Test
    void more_decimals_than_the_currency_has_are_no_money() {
        assertThatThrownBy(() -> json.readValue("{\"amount\":\"1.001\",\"currency\":\"EUR\"}", Money.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void multiplying_is_exact_or_fails() {
        assertThat(new Money(8990, "EUR").times(3)).isEqualTo(new Money(26970, "EUR"));
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE, "EUR").times(2)).isInstanceOf(ArithmeticException.class);
    }
}
