package com.flashsale.gateway;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class StreamIT extends GatewayIT {

    private static final String PATH = "/api/v1/orders/1/events";

    @Test
    void events_arrive_one_by_one_and_for_longer_than_any_answer_may_take() {
        answer(events(Flux.interval(Duration.ofMillis(200)).take(40)));

        var events = as(TestTokens.shopper())
                .get()
                .uri(PATH)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .returnResult(String.class)
                .getResponseBody();

        // the whole exchange may take 5 s, this takes 8
        StepVerifier.create(events.elapsed().map(timed -> timed.getT1() < 3000))
                .expectNextCount(40)
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void a_stream_may_keep_silent_before_its_first_event() {
        answer(events(
                Flux.interval(Duration.ofMillis(2500), Duration.ofMillis(100)).take(1)));

        as(TestTokens.shopper())
                .get()
                .uri(PATH)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("data: 0\n\n");
    }

    @Test
    void when_the_browser_goes_the_service_learns_it() {
        var cancelled = new AtomicBoolean();
        answer(events(Flux.interval(Duration.ofMillis(50)).doOnCancel(() -> cancelled.set(true))));

        as(TestTokens.shopper())
                .get()
                .uri(PATH)
                .exchange()
                .returnResult(String.class)
                .getResponseBody()
                .take(3)
                .blockLast();

        await().atMost(Duration.ofSeconds(20)).untilTrue(cancelled);
    }

    private static void answer(StubService.Answer answer) {
        WORLD.order.on(PATH, answer);
        WORLD.otherOrder.on(PATH, answer);
    }

    private static StubService.Answer events(Flux<Long> numbers) {
        return (_, response) -> response.sse().sendString(numbers.map(number -> "data: %d\n\n".formatted(number)));
    }
}
