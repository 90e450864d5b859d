package com.flashsale.catalog.sale;

import static com.flashsale.catalog.sale.SaleState.ENDED;
import static com.flashsale.catalog.sale.SaleState.OPEN;
import static com.flashsale.catalog.sale.SaleState.PAUSED;
import static com.flashsale.catalog.sale.SaleState.SCHEDULED;
import static com.flashsale.catalog.sale.SaleState.SOLD_OUT;
import static com.flashsale.catalog.stock.StockBand.LAST_FEW;
import static com.flashsale.catalog.stock.StockBand.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.product.Product;
import com.flashsale.catalog.stock.StockBand;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SaleTest {

    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final Instant ONE = NOON.plus(Duration.ofHours(1));

    final Sale sale = fromNoonToOne();

    @Test
    void a_sale_opens_at_the_very_moment_and_not_before() {
        assertThat(sale.stateAt(NOON.minusNanos(1), PLENTY)).isEqualTo(SCHEDULED);
        assertThat(sale.stateAt(NOON, PLENTY)).isEqualTo(OPEN);
    }

    @Test
    void at_the_moment_of_closing_it_has_ended() {
        assertThat(sale.stateAt(ONE.minusNanos(1), PLENTY)).isEqualTo(OPEN);
        assertThat(sale.stateAt(ONE, PLENTY)).isEqualTo(ENDED);
    }

    @Test
    void without_units_it_is_sold_out_until_one_comes_back() {
        assertThat(sale.stateAt(NOON, StockBand.SOLD_OUT)).isEqualTo(SOLD_OUT);
        assertThat(sale.stateAt(NOON, LAST_FEW)).isEqualTo(OPEN);
    }

    @Test
    void sold_out_outranks_a_pause_and_the_end_outranks_both() {
        var paused = with(new Sale.Pauses(true, NOON, Duration.ZERO), null);
        assertThat(paused.stateAt(NOON, LAST_FEW)).isEqualTo(PAUSED);
        assertThat(paused.stateAt(NOON, StockBand.SOLD_OUT)).isEqualTo(SOLD_OUT);
        assertThat(paused.stateAt(ONE, StockBand.SOLD_OUT)).isEqualTo(ENDED);
    }

    @Test
    void a_sale_that_was_called_off_has_ended_before_it_opened() {
        var calledOff = with(Sale.Pauses.NONE, NOON.minusSeconds(9));
        assertThat(calledOff.stateAt(NOON.minusSeconds(5), PLENTY)).isEqualTo(ENDED);
    }

    private Sale with(Sale.Pauses pauses, Instant endedAt) {
        return new Sale(
                sale.id(),
                2,
                sale.productId(),
                sale.productName(),
                sale.picture(),
                sale.price(),
                sale.terms(),
                sale.listed(),
                pauses,
                endedAt,
                null);
    }

    private static Sale fromNoonToOne() {
        var pacing = new Terms.Pacing(
                5, 1, 500, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5), Draw.RANDOM);
        var terms = new Terms(1_000, 2, NOON, ONE, Duration.ofMinutes(2), pacing);
        var price = Money.of(8990, "EUR");
        var product = new Product(UUID.randomUUID(), "Console", "", price, null, NOON, null);
        return Sale.scheduled(new CreateSale.Command(UUID.randomUUID(), product.id(), price, terms, true), product);
    }
}
