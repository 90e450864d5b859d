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
        "1, 1, LAST_FEW",
        "10, 10, LAST_FEW",
        "11, 11, PLENTY",
        "11, 23, LOW",
        "10, 11, LAST_FEW",
        "100, 1001, LAST_FEW",
        "2147483647, 2147483647, PLENTY",
        "10000000, 10000000, PLENTY"
    })
    void the_public_sees_a_band(int available, int allotted, StockBand band) {
        assertThat(StockBand.of(available, allotted)).isEqualTo(band);
    }
}
