package com.flashsale.catalog.stock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockBandTest {

    @ParameterizedTest(name = "{0} of {1} left: {2}")
    @CsvSource({
        "1000, 1000, PLENTY",
        "500, 1000, PLENTY",
        "499, 1000, LOW",
        "100, 1000, LOW",
        "99, 1000, LAST_FEW",
        "1, 1000, LAST_FEW",
        "0, 1000, SOLD_OUT",
        "1, 1, PLENTY",
        "1, 3, LOW",
        "10000000, 10000000, PLENTY"
    })
    void the_public_sees_a_band(int available, int allotted, StockBand band) {
        assertThat(StockBand.of(available, allotted)).isEqualTo(band);
    }
}
