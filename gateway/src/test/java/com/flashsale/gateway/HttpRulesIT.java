package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 and RFC 9112 at the edge: each request is answered or refused, never with an error of the server. */
class HttpRulesIT extends GatewayIT {

    private static final String HOST = "Host: shop\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products?q=%ff%fe",
                "/api/v1/products?q=caf%e9",
                "/api/v1/orders?limit=%e9",
                "/login?continue=%e9",
                "/login?x=%",
                "/login?x=%4",
                "/login?x=%zz",
                "/login?x=a%00b",
                "/login?x=%ed%a0%80",
                "/login?x=%c0%af",
                "/login?x=%e0%80%af",
                "/login?x=%f0%80%80%af",
                "/login?x=%f5%80%80%80",
                "/login?x=%e2%82",
                "/login?x=\u00e9",
                "/login?x=a|b",
                "/?%e9",
                "/nowhere?%e9",
                "/s/1?%e9",
                "/api/v1/sales/019aa5b0-7a6c-7000-8000-000000000001/queue?x=%e9",
                "/api/v1/sales/019aa5b0-7a6c-7000-8000-000000000001/queue/events?x=%e9",
                "/api/v1/products/%e9",
                "/api/v1/products/%00",
                "/api/v1/products/a%20b",
                "/a#b",
                "nowhere",
                "*"
            })
    void an_address_that_is_malformed_is_an_invalid_request(String target) throws Exception {
        var answer = RawHttp.send(port, "GET " + target + " HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("Connection: close")
                .contains("problems/invalid-request", "\"traceId\"", "\"code\":\"INVALID_REQUEST\"");
        assertThat(everythingSeen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=caf%C3%A9", "q=%F0%9F%8E%81&x=a+b", "q=%ED%9F%BF", "a[]=1&b=(1)*'!,;:@/?$-._~"})
    void a_query_that_is_well_formed_passes_as_it_is(String query) throws Exception {
        var answer = RawHttp.send(
                port, "GET /api/v1/products?" + query + " HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(everythingSeen()).first().extracting(StubService.Seen::uri).isEqualTo("/api/v1/products?" + query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRACE / HTTP/1.1|405",
                "CONNECT shop:443 HTTP/1.1|501",
                "PROPFIND / HTTP/1.1|501",
                "get / HTTP/1.1|501",
                "GET / HTTP/2.0|400",
                "GET /|400",
                "PRI * HTTP/2.0|501",
                "GET http:///x HTTP/1.1|400",
                "GET ftp://shop/ HTTP/1.1|400",
                "OPTIONS * HTTP/1.1|204",
                "OPTIONS /api/v1/products HTTP/1.1|204",
                "OPTIONS /nowhere HTTP/1.1|404",
                "PATCH /api/v1/sales HTTP/1.1|405",
                "PUT / HTTP/1.1|405",
                "HEAD /robots.txt HTTP/1.1|200",
                "GET http://shop/robots.txt HTTP/1.1|200",
                "GET HTTP://shop:80 HTTP/1.1|200",
                "GET /robots.txt HTTP/1.0|200"
            })
    void each_method_and_form_of_target_has_its_answer(String line, int status) throws Exception {
        var answer = RawHttp.send(port, line + "\r\nConnection: close\r\n" + HOST + "\r\n");

        assertThat(answer).matches("(?s)HTTP/1.[01] " + status + " .*");
        if (status == 405 || status == 204) assertThat(answer).containsIgnoringCase("\r\nAllow: ");
        if (status >= 400) assertThat(answer).contains("\"traceId\"");
        assertThat(everythingSeen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X: y|400",
                "Host: a~Host: b|400",
                "Host: a b|400",
                "Host: a/b|400",
                "Host:|400",
                "Host: shop~Expect: 200-ok|417",
                "Host: shop~Content-Length: 1~Content-Length: 2|400",
                "Host: shop~Content-Length: -1|400",
                "Host: shop~Content-Length: 1, 2|400",
                "Host: shop~Content-Length: 5~Transfer-Encoding: chunked|400",
                "Host: shop~Transfer-Encoding: gzip|501",
                "Host: shop~Transfer-Encoding: gzip, chunked|501",
                "Host: shop~Transfer-Encoding: chunked~Transfer-Encoding: chunked|501",
                "Host: shop~Bad Name: x|400",
                "Host : shop|400"
            })
    void a_head_that_breaks_the_rules_is_refused_and_the_connection_ends(String headers, int status) throws Exception {
        var answer = RawHttp.send(
                port, "POST /login HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|417|501) .*").contains("\"traceId\"");
        assertThat(answer.split("HTTP/1.1 (?=[0-9])")).as("one answer").hasSize(2);
        if (status != 501) assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(everythingSeen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: flashsale-session=AAAA",
                "Cookie: ;;;=;a=\u00ff\u00fe;\"",
                "Accept: @@@@",
                "Accept: text/html;q=banana, */*",
                "Accept-Language: \u00ff;;q=;",
                "Accept-Encoding: \u0080",
                "Content-Type: no type at all",
                "If-None-Match: \u00ff\"",
                "If-Modified-Since: yesterday",
                "Range: bytes=banana",
                "Origin: \u00ff://no[",
                "Referer: %%%",
                "Authorization: Basic ====",
                "User-Agent: \u00e9\u00ff",
                "X-Forwarded-For: \u00ff, , [::, 1.2.3.4.5:999999",
                "X-Forwarded-Host: \u00ff\u00fe a/b",
                "X-Forwarded-Proto: gopher",
                "Forwarded: for=\"[;;;,,,\"",
                "Traceparent: \u00ff",
                "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
                "X-Folded: a\r\n b",
                "X-Empty:",
                "Expect: 100-continue"
            })
    void garbage_in_a_header_is_no_error_of_the_server(String header) throws Exception {
        for (var path : List.of("/", "/userinfo", "/api/v1/products", "/robots.txt", "/login")) {
            var answer = RawHttp.send(
                    port,
                    "GET " + path + " HTTP/1.1\r\n" + HOST + header + "\r\n"
                            + (header.contains("Connection") ? "" : "Connection: close\r\n") + "\r\n"
                            + (header.contains("Connection")
                                    ? "GET /robots.txt HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                                    : ""));

            assertThat(answer).as(path).matches("(?s)HTTP/1.1 [1234]\\d\\d .*");
        }
    }

    @Test
    void an_address_or_a_header_beyond_all_measure_is_refused() throws Exception {
        assertThat(RawHttp.send(port, "GET /?q=" + "a".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(RawHttp.send(port, "GET /" + "a".repeat(600) + " HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(RawHttp.send(port, "GET / HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void a_malformed_address_alone_leaves_the_connection_as_it_was() throws Exception {
        try (var visitor = new Conversation(port)) {
            for (var i = 0; i < 3; i++) {
                var head = " HTTP/1.1\r\n" + HOST + "\r\n";
                assertThat(visitor.send("GET /?%e9" + head).next().status()).isEqualTo(400);
                assertThat(visitor.send("GET /robots.txt" + head).next().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_refusal_comes_after_the_answers_before_it() throws Exception {
        var answer = RawHttp.send(
                port,
                "GET /api/v1/products HTTP/1.1\r\n" + HOST + "\r\nGET /robots.txt HTTP/1.1\r\n" + HOST
                        + "\r\nGET /?%e9 HTTP/1.1\r\n" + HOST + "\r\nGET /robots.txt HTTP/1.1\r\n" + HOST + "\r\n");

        assertThat(answer.split("HTTP/1.1 (?=[0-9])"))
                .hasSize(4)
                .satisfies(answers -> assertThat(List.of(answers[1], answers[2], answers[3]))
                        .extracting(one -> one.substring(0, 3))
                        .containsExactly("200", "200", "400"));
    }

    @Test
    void a_body_that_is_framed_wrongly_is_one_refusal() throws Exception {
        var answer = RawHttp.send(
                port, "POST /login HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n", "zz\r\nhello\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer.split("HTTP/1.1 (?=[0-9])")).hasSize(2);
        assertThat(everythingSeen()).isEmpty();
    }

    @Test
    void an_answer_before_the_body_leaves_no_confusion_behind() throws Exception {
        var head = "POST /api/v1/orders HTTP/1.1\r\n" + HOST + "Content-Length: 10000\r\n\r\n";
        try (var visitor = new Conversation(port)) {
            var refused = visitor.send(head).next();
            assertThat(refused.status()).isEqualTo(401);
            try {
                var next = visitor.send("x".repeat(10_000) + "GET /robots.txt HTTP/1.1\r\n" + HOST + "\r\n")
                        .next();
                assertThat(next.status()).isEqualTo(200);
                assertThat(next.body()).startsWith("User-agent");
            } catch (java.io.IOException closed) {
                assertThat(refused.headers()).containsEntry("connection", "close");
            }
        }
    }

    @Test
    void headers_for_the_connection_alone_reach_no_service() throws Exception {
        RawHttp.send(
                port,
                "GET /login HTTP/1.1\r\n" + HOST + "Connection: close, X-Mine, Host\r\nX-Mine: secret\r\n"
                        + "HTTP2-Settings: AAMA\r\n\r\n");

        var seen = WORLD.auth.seen("/login").getFirst().headers();
        assertThat(seen.contains("X-Mine")).isFalse();
        assertThat(seen.contains("HTTP2-Settings")).isFalse();
        assertThat(seen.get("Host")).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/orders/1/events", "/api/v1/sales/019aa5b0-7a6c-7000-8000-000000000001/queue/events"})
    void the_head_of_an_event_stream_is_not_to_be_had(String path) {
        as(TestTokens.shopper())
                .head()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET");
        assertThat(everythingSeen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/nowhere,404", "/s/,404", "/docs/,404", "/logout,401", "/login/,401", "/?%e9,400"})
    void a_browser_gets_a_page_with_a_way_on_and_a_program_the_document(String path, int status) throws Exception {
        for (var account : List.of("/logout", "/login/")) {
            WORLD.auth.on(account, StubService.problem(401, "UNAUTHORIZED"));
        }
        var head = "GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + HOST;

        assertThat(RawHttp.send(port, head + "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: text/html")
                .contains("shop.css", "href=\"/\"");
        assertThat(RawHttp.send(port, head + "Accept: */*\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json");
    }

    @Test
    void an_api_path_answers_a_browser_with_the_document_too() {
        client.get()
                .uri("/api/v1/sales/" + UUID.randomUUID() + "/nothing")
                .header("Accept", "text/html")
                .exchange()
                .expectHeader()
                .contentType("application/problem+json");
    }

    private static List<StubService.Seen> everythingSeen() {
        return java.util.stream.Stream.of(
                        WORLD.auth, WORLD.catalog, WORLD.otherCatalog, WORLD.waitlist, WORLD.order, WORLD.otherOrder)
                .flatMap(service -> service.seen().stream())
                .filter(seen -> !seen.uri().equals("/oauth2/jwks"))
                .toList();
    }
}
