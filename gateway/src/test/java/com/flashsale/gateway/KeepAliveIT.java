package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * A connection goes on after each response, until its client or the gateway says that it ends. Requests may come before
 * the response to the one before has ended. Reactor Netty 1.3.7 left such a request without a response if it said
 * {@code Connection: close}.
 */
class KeepAliveIT extends GatewayIT {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final String SLOW = "/api/v1/products";

    @BeforeEach
    void answerSlowly() {
        WORLD.catalog.on(SLOW, slowly());
        WORLD.otherCatalog.on(SLOW, slowly());
    }

    @Test
    void a_connection_goes_on_after_a_request_that_waited_for_another() throws Exception {
        try (var connection = new Conversation(port)) {
            connection.send(get(SLOW) + get("/api/v1/nothing"));
            assertThat(connection.next().status()).isEqualTo(200);
            assertThat(connection.next().status()).isEqualTo(404);

            assertThat(connection.send(get(SLOW)).next().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/robots.txt", SLOW})
    void a_connection_goes_on_after_many_requests_at_once(String last) throws Exception {
        try (var connection = new Conversation(port)) {
            connection.send(get(SLOW) + get("/api/v1/nothing") + get(SLOW) + get(SLOW) + get(last));
            for (var count = 0; count < 5; count++)
                assertThat(connection.next().status()).isNotZero();

            assertThat(connection.send(get(SLOW)).next().status()).isEqualTo(200);
            assertThat(connection.send(get(last)).next().status()).isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/robots.txt", SLOW})
    void the_last_request_has_its_response_although_it_came_early(String last) throws Exception {
        try (var connection = new Conversation(port)) {
            connection.send(
                    get(SLOW) + get(SLOW) + get(last).replace("Host:", "Connection: close\r\nHost:") + get(SLOW));

            assertThat(connection.next().headers()).doesNotContainEntry("connection", "close");
            assertThat(connection.next().headers()).doesNotContainEntry("connection", "close");
            assertThat(connection.next().headers()).containsEntry("connection", "close");
            assertThat(connection.isOver()).isTrue();
        }
    }

    @Test
    void the_last_request_names_headers_that_go_no_further() throws Exception {
        try (var connection = new Conversation(port)) {
            var options =
                    "Connection: X-Own, close\r\nConnection: X-Other\r\nX-Own: 1\r\nX-Other: 2\r\nX-Third: 3\r\nHost:";
            connection.send(get(SLOW).replace("Host:", options));
            assertThat(connection.next().headers()).containsEntry("connection", "close");
            assertThat(connection.isOver()).isTrue();
        }
        var seen = Stream.of(WORLD.catalog, WORLD.otherCatalog).flatMap(each -> each.seen(SLOW).stream());
        assertThat(seen)
                .singleElement()
                .satisfies(one ->
                        assertThat(one.headers().names()).contains("X-Third").doesNotContain("X-Own", "X-Other"));
    }

    private static StubService.Answer slowly() {
        return (_, response) -> response.header("Content-Type", "application/json")
                .sendString(Mono.just("{}").delaySubscription(MOMENT));
    }

    private String get(String path) {
        return "GET %s HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\n\r\n".formatted(path, address);
    }
}
