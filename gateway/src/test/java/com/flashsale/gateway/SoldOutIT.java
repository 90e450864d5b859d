package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.filter.BloomFilter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

/** After a sale is sold out the gateway refuses the customers that come too late, and no others. */
class SoldOutIT extends SoldOutSale {

    @Test
    void a_newcomer_is_told_by_the_same_document_and_the_service_is_not_asked() {
        soldOut("1", member);
        untilTold();
        var before = joins();
        var counted = meters.counter("gateway.queue.soldout").count();

        for (int i = 0; i < 20; i++) {
            var body = join(TestTokens.shopper(), i % 2 == 0 ? null : "{}")
                    .expectStatus()
                    .isEqualTo(409)
                    .expectHeader()
                    .contentType("application/problem+json")
                    .expectHeader()
                    .exists("RateLimit")
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(body).matches(document());
        }

        assertThat(joins()).isEqualTo(before);
        assertThat(meters.counter("gateway.queue.soldout").count()).isEqualTo(counted + 20);
    }

    private String document() {
        return """
                \\{"type":"https://flash-sale.example/problems/sold-out","title":"All units are taken.",\
                "status":409,\
                "detail":"Units that come back go to the waitlist; your ticket keeps its place there.",\
                "code":"SOLD_OUT","traceId":"[0-9a-f]{32}",\
                "waitlist":"/api/v1/sales/%s/waitlist-entries"}""".formatted(sale);
    }

    @Test
    void a_customer_with_a_number_goes_on_to_the_service() {
        soldOut("1", member);
        untilTold();

        for (int i = 0; i < 5; i++)
            join(TestTokens.shopper(member), "{}").expectStatus().isCreated();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ticket\":\"mine\"}", "{\"ticket\":null}", "{", "[]", " "})
    void a_request_with_a_ticket_or_an_odd_body_goes_on_to_the_service(String body) {
        soldOut("1", member);
        untilTold();

        join(TestTokens.shopper(), body).expectStatus().isCreated();

        assertThat(WORLD.waitlist.seen(join).getLast().body()).isEqualTo(body);
    }

    @Test
    void a_body_of_another_type_goes_on() {
        soldOut("1", member);
        untilTold();

        client.post()
                .uri(join)
                .headers(headers -> headers.setBearerAuth(TestTokens.shopper()))
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void without_a_token_or_without_the_right_to_buy_nothing_is_answered_here() {
        soldOut("1", member);
        untilTold();

        client.post().uri(join).exchange().expectStatus().isUnauthorized();
        join("no-token", null).expectStatus().isUnauthorized();
        join(token("scope", "catalog-admin", null), null).expectStatus().isCreated();
        join(token("sub", "a-machine", null), null).expectStatus().isCreated();
    }

    @Test
    void a_load_test_and_real_customers_are_told_apart_by_the_service() {
        soldOut("1", member);
        untilTold();

        join(token("load_test", "evening", null), null).expectStatus().isCreated();
        join(token("scope", "shop load-test", null), null, "evening")
                .expectStatus()
                .isCreated();
        // from a customer the header means nothing
        join(TestTokens.shopper(), null, "evening").expectStatus().isEqualTo(409);
    }

    @Test
    void customers_of_a_load_test_are_told_of_its_own_sale() {
        WORLD.waitlist.on(crowd, crowd("1", "evening", Instant.now().plusSeconds(600), BloomFilter.FORMAT, member));
        await().atMost(SOON).until(() -> statusOf(token("load_test", "evening", null)) == 409);

        join(token("scope", "shop load-test", null), null, "evening")
                .expectStatus()
                .isEqualTo(409);
        join(token("load_test", "morning", null), null).expectStatus().isCreated();
        join(TestTokens.shopper(), null).expectStatus().isCreated();
        join(token("load_test", "evening", member), null).expectStatus().isCreated();
    }
}
