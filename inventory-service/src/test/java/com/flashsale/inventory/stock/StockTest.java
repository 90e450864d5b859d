package com.flashsale.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockTest {

    private static final SaleId SALE = new SaleId(UUID.randomUUID());

    @Test
    void units_are_available_reserved_or_sold() {
        var stock = Stock.allotted(SALE, 10).hold(4).sell(3).release(1);

        assertThat(stock)
                .returns(7, Stock::available)
                .returns(0, Stock::reserved)
                .returns(3, Stock::sold);
    }

    @Test
    void no_stock_is_legal_that_promises_more_than_it_has() {
        var full = Stock.allotted(SALE, 3).hold(3);

        assertThatThrownBy(() -> full.hold(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> full.sell(4)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> full.release(4)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Stock(SALE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 1))
                .isInstanceOf(IllegalStateException.class);
    }
}
