package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the sale itself says to an order that comes with a good admission. */
class SaleRulesIT extends OrderServiceIT {

    @Test
    void an_unknown_sale_is_not_found() {
        var shopper = aShopper();
        var sale = anOldSaleId();

        var refused = shopper.order(sale, 1, admission(sale, shopper.id()));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("SALE_NOT_FOUND");
    }

    @Test
    void a_sale_that_has_not_begun_says_when_it_does() {
        var shopper = aShopper();
        var opensAt = Instant.parse("2036-11-27T12:00:00Z");
        var sale = aSale(Map.of(
                "opensAt",
                opensAt.toString(),
                "closesAt",
                opensAt.plusSeconds(60).toString()));

        var refused = shopper.order(sale, 1, admission(sale, shopper.id()));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("SALE_NOT_OPEN");
        assertThat(refused.json().get("opensAt").asString()).isEqualTo(opensAt.toString());
    }

    @Test
    void a_paused_sale_says_to_come_back() {
        var shopper = aShopper();
        var sale = aSale(Map.of("paused", true));

        var refused = shopper.order(sale, 1, admission(sale, shopper.id()));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("SALE_PAUSED");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void a_sale_that_was_ended_or_has_closed_is_gone() {
        var shopper = aShopper();
        var ended = aSale(Map.of("endedAt", Instant.now().toString()));
        var closed = aSale(Map.of("closesAt", Instant.now().minusSeconds(1).toString()));

        for (var sale : new UUID[] {ended, closed}) {
            var refused = shopper.order(sale, 1, admission(sale, shopper.id()));
            assertThat(refused.status()).isEqualTo(410);
            assertThat(refused.code()).isEqualTo("SALE_ENDED");
        }
    }

    @Test
    void more_than_the_limit_of_the_sale_is_refused() {
        var shopper = aShopper();
        var sale = anOpenSale();

        var refused = shopper.order(sale, 3, tokens.sign("admission+jwt", admissionClaims(sale, shopper.id(), 3)));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("LIMIT_REACHED");
        assertThat(ordersIn(sale)).isZero();
    }

    private int ordersIn(UUID sale) {
        return count("select count(*) from orders where sale_id = ?", sale);
    }
}
