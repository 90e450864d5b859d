package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the sale itself for an order with a good admission. */
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

    @Test
    void a_pause_takes_nothing_of_the_time_of_an_admission() {
        var shopper = aShopper();
        var resumed = aSale(Map.of("pausedMillis", 30_000));
        var paused = aSale(Map.of(
                "paused", true, "pausedAt", Instant.now().minusSeconds(25).toString()));

        var meanwhile = shopper.order(paused, 1, issuedBeforeAPause(paused, shopper));
        assertThat(meanwhile.status()).isEqualTo(409);
        assertThat(meanwhile.code()).isEqualTo("SALE_PAUSED");
        assertThat(meanwhile.header("Retry-After")).isNotNull();
        assertThat(shopper.order(resumed, 1, issuedBeforeAPause(resumed, shopper))
                        .status())
                .isEqualTo(202);
    }

    /** Its time ended ten seconds ago, if the sale had not stood still. */
    private String issuedBeforeAPause(UUID sale, Shopper shopper) {
        var claims = admissionClaims(sale, shopper.id(), 2);
        claims.put("exp", Instant.now().getEpochSecond() - 10);
        claims.put("pausedMillis", 0);
        return tokens.sign("admission+jwt", claims);
    }

    @ParameterizedTest
    @CsvSource({"1500,JPY,3000", "1.250,KWD,2.500", "0.0001,CLF,0.0002", "150000000,VND,300000000", "89.90,EUR,179.80"})
    void a_price_keeps_the_decimals_of_its_currency_until_the_money_is_taken(
            String price, String currency, String total) {
        var shopper = aShopper();
        var sale = aSale(Map.of("price", Map.of("amount", price, "currency", currency)));
        var order = shopper.order(sale, 2, admission(sale, shopper.id()));
        assertThat(order.json().get("total").get("amount").asString()).isEqualTo(total);
        Inventory.holds(order.id(), Instant.now().plusSeconds(60));
        awaitState(shopper, order.id(), "RESERVED");
        shopper.pay(order.id(), "test-approve");
        awaitState(shopper, order.id(), "PAID");
        assertThat(PROVIDER.chargesOf(order.id()))
                .extracting(FakePaymentProvider.Charge::amount)
                .containsExactly(total);
    }
}
