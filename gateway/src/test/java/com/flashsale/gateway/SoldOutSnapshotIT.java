package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.filter.BloomFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The gateway refuses joins only while a snapshot of the sold-out sale is fresh and readable. */
class SoldOutSnapshotIT extends SoldOutSale {

    @Test
    void all_customers_go_on_within_a_second_after_units_have_come_back() {
        soldOut("1", member);
        untilTold();

        WORLD.waitlist.on(crowd, (_, response) -> response.status(204).send());
        var begun = System.nanoTime();
        untilLetThrough();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FRESH_FOR.multipliedBy(3));
        join(TestTokens.shopper(), null).expectStatus().isCreated();
    }

    @Test
    void a_customer_who_got_a_number_while_it_was_open_again_goes_on_when_it_is_sold_out_anew() {
        var lucky = UUID.randomUUID();
        soldOut("1.1.1", member);
        untilTold();
        join(TestTokens.shopper(lucky), null).expectStatus().isEqualTo(409);

        soldOut("1.3.2", member, lucky);

        await().atMost(SOON).until(() -> statusOf(TestTokens.shopper(lucky)) == 201);
        assertThat(WORLD.waitlist.seen(crowd).stream()
                        .map(seen -> seen.headers().get("If-None-Match")))
                .contains("\"1.1.1\"");
        untilTold();
        for (int i = 0; i < 10; i++)
            join(TestTokens.shopper(lucky), null).expectStatus().isCreated();
    }

    @Test
    void a_crowd_that_stays_as_it_is_is_asked_for_twice_a_second_and_sent_once() {
        soldOut("1", member);
        untilTold();
        var begun = System.nanoTime();
        var before = WORLD.waitlist.seen(crowd).size();
        var joins = joins();

        await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> {
            assertThat(statusOf(TestTokens.shopper())).isIn(409, 201);
            return System.nanoTime() - begun > FRESH_FOR.multipliedBy(3).toNanos();
        });

        var seconds = (System.nanoTime() - begun) / 1e9;
        var asked = WORLD.waitlist.seen(crowd);
        assertThat(asked.size() - before).isBetween(2, (int) (2 * seconds) + 2);
        assertThat(asked.stream().filter(seen -> seen.headers().get("If-None-Match") == null))
                .hasSize(1);
        // a machine that stood still for a second lets a join through
        assertThat(joins() - joins).isLessThan(5);
    }

    @Test
    void a_crowd_that_comes_while_nothing_is_known_goes_on_and_one_call_asks() {
        WORLD.waitlist.on(crowd, StubService.silence());
        var token = IntStream.range(0, 200).mapToObj(_ -> TestTokens.shopper()).toList();

        var answers = Flux.fromIterable(token)
                .flatMap(one -> Mono.fromCallable(() -> statusOf(one)).subscribeOn(Schedulers.boundedElastic()))
                .collectList()
                .block(SOON);

        assertThat(answers).hasSize(200).containsOnly(201);
        assertThat(WORLD.waitlist.seen(crowd).size()).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "503", "silence", "cut off", "nonsense"})
    void all_customers_go_on_while_the_service_gives_no_snapshot(String trouble) {
        soldOut("1", member);
        untilTold();

        WORLD.waitlist.on(
                crowd,
                switch (trouble) {
                    case "silence" -> StubService.silence();
                    case "cut off" -> StubService.cutOff();
                    case "nonsense" -> StubService.json(200, "{\"bits\":7");
                    default -> StubService.problem(Integer.parseInt(trouble), "TROUBLE");
                });

        untilLetThrough();
        join(TestTokens.shopper(), null).expectStatus().isCreated();
    }

    @Test
    void when_the_sale_has_ended_the_service_says_so() {
        WORLD.waitlist.on(crowd, crowd("1", null, Instant.now().minusSeconds(1), BloomFilter.FORMAT, member));

        letThroughForAWhile();
    }

    @Test
    void bits_of_another_format_are_not_read() {
        WORLD.waitlist.on(crowd, crowd("1", null, Instant.now().plusSeconds(600), "bloom-of-tomorrow", member));

        letThroughForAWhile();
    }

    /**
     * A customer who makes up sales costs waitlist-service a question each, within a bound of its own: 40, and 20 a
     * second.
     */
    @Test
    void a_customer_who_names_many_sales_is_asked_about_for_a_few() {
        var invented = TestTokens.shopper();
        var begun = System.nanoTime();

        Flux.range(0, 100)
                .flatMap(_ -> Mono.fromCallable(() -> client.post()
                                .uri("/api/v1/sales/" + UUID.randomUUID() + "/queue-tickets")
                                .headers(headers -> headers.setBearerAuth(invented))
                                .exchange()
                                .expectBody()
                                .returnResult()
                                .getStatus())
                        .subscribeOn(Schedulers.boundedElastic()))
                .blockLast(SOON);

        var seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(questions()).isBetween(20, 40 + (int) (20 * seconds) + 1);
        soldOut("1", member);
        untilTold();
    }

    private int questions() {
        return (int) WORLD.waitlist.seen().stream()
                .filter(seen -> seen.uri().endsWith("/sold-out-crowd"))
                .count();
    }

    private void letThroughForAWhile() {
        for (int i = 0; i < 5; i++) {
            join(TestTokens.shopper(), null).expectStatus().isCreated();
            var asked = i + 1;
            await().atMost(SOON).until(() -> {
                assertThat(statusOf(TestTokens.shopper())).isEqualTo(201);
                return WORLD.waitlist.seen(crowd).size() > asked;
            });
        }
    }
}
