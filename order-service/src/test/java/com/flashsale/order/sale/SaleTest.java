package com.flashsale.order.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SaleTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private final Sale sale = sale(null);

    private static Sale sale(Instant endedAt) {
        return new Sale(
                UUID.randomUUID(),
                1,
                new Money(100, "EUR"),
                1,
                NOON,
                NOON.plusSeconds(60),
                false,
                Sale.Pauses.NONE,
                endedAt,
                null);
    }

    @Test
    void opens_at_its_instant_and_not_before() {
        assertThat(sale.isOpenAt(NOON.minusMillis(1))).isFalse();
        assertThat(sale.isOpenAt(NOON)).isTrue();
    }

    @Test
    void is_over_at_its_closing_instant() {
        assertThat(sale.isOverAt(NOON.plusSeconds(60).minusMillis(1))).isFalse();
        assertThat(sale.isOverAt(NOON.plusSeconds(60))).isTrue();
    }

    @Test
    void is_over_once_an_operator_has_ended_it() {
        assertThat(sale(NOON.plusSeconds(1)).isOverAt(NOON)).isTrue();
    }
}
