package com.flashsale.catalog.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"8990, EUR, 89.90", "1, EUR, 0.01", "100, USD, 1.00", "500, JPY, 500"})
    void money_is_written_with_the_decimals_of_its_currency(long minorUnits, String currency, String amount) {
        assertThat(Money.of(minorUnits, currency).text()).isEqualTo(new Money.Text(amount, currency));
    }

    @Test
    void nothing_is_no_price() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(0, "EUR"));
    }
}
