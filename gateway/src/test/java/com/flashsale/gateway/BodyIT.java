package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class BodyIT extends GatewayIT {

    private static final int LIMIT = 16 * 1024;

    @Test
    void a_body_at_the_limit_passes_whole() {
        var body = "a".repeat(LIMIT);

        as(TestTokens.shopper())
                .post()
                .uri("/api/v1/sales/1/queue-tickets")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(WORLD.waitlist.seen().getFirst().body()).isEqualTo(body);
    }

    @Test
    void a_body_that_says_it_is_too_large_is_refused_at_once() {
        as(TestTokens.shopper())
                .post()
                .uri("/api/v1/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("a".repeat(LIMIT + 1))
                .exchange()
                .expectAll(problem(413, "PAYLOAD_TOO_LARGE"));

        assertThat(WORLD.order.seen()).isEmpty();
    }

    @Test
    void a_body_that_does_not_say_its_size_is_cut_off() throws Exception {
        var chunk = "%x\r\n%s\r\n".formatted(LIMIT, "a".repeat(LIMIT));

        var answer = RawHttp.send(port, head("Transfer-Encoding: chunked"), chunk, "1\r\na\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("PAYLOAD_TOO_LARGE");
        assertThat(WORLD.order.seen()).isEmpty();
        assertThat(WORLD.otherOrder.seen()).isEmpty();
    }

    @Test
    void a_chunked_body_within_the_limit_arrives_with_its_length() throws Exception {
        RawHttp.send(port, head("Transfer-Encoding: chunked\r\nConnection: close"), "5\r\nhello\r\n", "0\r\n\r\n");

        var seen = WORLD.order.seen().isEmpty() ? WORLD.otherOrder.seen() : WORLD.order.seen();
        assertThat(seen.getFirst().body()).isEqualTo("hello");
        assertThat(seen.getFirst().headers().get("Content-Length")).isEqualTo("5");
    }

    @Test
    void a_body_that_dribbles_in_is_not_waited_for() throws Exception {
        var answer = RawHttp.send(port, head("Content-Length: 100"), "ab");

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("REQUEST_TIMEOUT");
        assertThat(WORLD.order.seen()).isEmpty();
    }

    @Test
    void headers_beyond_all_measure_are_refused() throws Exception {
        var answer = RawHttp.send(port, head("X-Large: " + "a".repeat(40_000)));

        assertThat(answer).matches("(?s)|HTTP/1.1 (413|431|400) .*");
        assertThat(WORLD.order.seen()).isEmpty();
        assertThat(WORLD.otherOrder.seen()).isEmpty();
    }

    private static String head(String more) {
        return "POST /api/v1/orders HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
                .formatted(TestTokens.shopper(), more);
    }
}
