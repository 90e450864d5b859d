package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class ResilienceIT extends OrderCalls {

    @Test
    void a_read_goes_to_the_other_instance_when_one_is_gone() {
        WORLD.order.stop();

        for (var i = 0; i < 10; i++) {
            order("GET").exchange().expectStatus().isOk();
        }
    }

    @Test
    void after_one_refused_connection_the_others_are_called_alone() {
        WORLD.order.stop();
        order("GET").exchange().expectStatus().isOk();
        order("GET").exchange().expectStatus().isOk();

        for (var i = 0; i < 10; i++) {
            order("POST").exchange().expectStatus().isOk();
        }
    }

    @Test
    void a_read_is_tried_once_more_when_an_instance_is_busy() {
        WORLD.order.on("/api/v1/orders", StubService.problem(503, "OVERLOADED"));

        for (var i = 0; i < 10; i++) {
            order("GET").exchange().expectStatus().isOk();
        }

        assertThat(WORLD.otherOrder.seen()).hasSize(10);
    }

    @Test
    void a_read_is_tried_twice_at_most() {
        everyOrder(StubService.problem(503, "OVERLOADED"));

        order("GET").exchange().expectAll(problem(503, "OVERLOADED"));

        assertThat(orderCalls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void a_write_is_sent_once_in_spite_of_any_failure(String method) {
        everyOrder(StubService.cutOff());
        order(method).exchange().expectAll(problem(502, "BAD_GATEWAY"));
        assertThat(orderCalls()).isEqualTo(1);

        everyOrder(StubService.problem(503, "OVERLOADED"));
        order(method).exchange().expectStatus().isEqualTo(503);
        assertThat(orderCalls()).isEqualTo(2);
    }

    @Test
    void a_service_that_is_down_is_an_honest_503() {
        WORLD.waitlist.stop();

        as(TestTokens.shopper())
                .get()
                .uri("/api/v1/waitlist-entries")
                .exchange()
                .expectAll(problem(503, "SERVICE_UNAVAILABLE"))
                .expectHeader()
                .valueEquals("Retry-After", "1");
    }

    @Test
    void a_service_that_says_nothing_is_a_504_and_is_asked_once() {
        everyOrder(StubService.silence());

        order("GET").exchange().expectAll(problem(504, "GATEWAY_TIMEOUT"));

        assertThat(orderCalls()).isEqualTo(1);
    }

    @Test
    void a_failure_without_an_explanation_gets_one() {
        everyOrder((_, response) ->
                response.status(500).header("X-Secret", "stack trace").sendString(Mono.just("boom")));

        order("POST")
                .exchange()
                .expectAll(problem(502, "BAD_GATEWAY"))
                .expectHeader()
                .doesNotExist("X-Secret");
    }

    @Test
    void an_order_goes_to_the_other_instance_when_no_connection_can_be_made() {
        WORLD.order.stop();

        for (var i = 0; i < 10; i++) order("POST").exchange().expectStatus().isOk();
    }
}
