package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.filter.BloomFilter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** After a sale is sold out the gateway refuses the customers that come too late, and no others. */
class SoldOutIT extends GatewayIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration FRESH_FOR = Duration.ofSeconds(1);

    private final UUID sale = UUID.randomUUID();
    private final UUID member = UUID.randomUUID();
    private final String join = "/api/v1/sales/" + sale + "/queue-tickets";
    private final String crowd = "/internal/v1/sales/" + sale + "/sold-out-crowd";

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void servicesAnswer() {
        WORLD.waitlist.on(join, StubService.json(201, "{\"state\":\"ADMITTED\"}"));
    }

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
            assertThat(body).matches("""
                    \\{"type":"https://flash-sale.example/problems/sold-out","title":"All units are taken.","status":409,\
                    "detail":"Units that come back go to the waitlist; your ticket keeps its place there.",\
                    "code":"SOLD_OUT","traceId":"[0-9a-f]{32}","waitlist":"/api/v1/sales/%s/waitlist-entries"}""".formatted(sale));
        }

        assertThat(joins()).isEqualTo(before);
        assertThat(meters.counter("gateway.queue.soldout").count()).isEqualTo(counted + 20);
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

    private void soldOut(String version, UUID... members) {
        WORLD.waitlist.on(crowd, crowd(version, null, Instant.now().plusSeconds(600), BloomFilter.FORMAT, members));
    }

    static StubService.Answer crowd(
            String version, @Nullable String loadTest, Instant endsAt, String format, UUID... members) {
        var filter = BloomFilter.forIds(members.length);
        for (var one : members) filter.add(one);
        var tag = loadTest == null ? "" : "\"loadTest\":\"" + loadTest + "\",";
        var body = "{\"format\":\"%s\",%s\"endsAt\":\"%s\",\"bits\":\"%s\"}"
                .formatted(format, tag, endsAt, Base64.getEncoder().encodeToString(filter.toBytes()));
        var etag = "\"" + version + "\"";
        return (request, response) -> {
            response.header("ETag", etag);
            if (etag.equals(request.headers().get("If-None-Match")))
                return response.status(304).send();
            return response.header("Content-Type", "application/json").sendString(Mono.just(body));
        };
    }

    private void untilTold() {
        await().atMost(SOON).until(() -> statusOf(TestTokens.shopper()) == 409);
    }

    private void untilLetThrough() {
        await().atMost(SOON).until(() -> statusOf(TestTokens.shopper()) == 201);
    }

    private int joins() {
        return WORLD.waitlist.seen(join).size();
    }

    private int statusOf(String token) {
        return join(token, null).expectBody().returnResult().getStatus().value();
    }

    private WebTestClient.ResponseSpec join(String token, @Nullable String body) {
        return join(token, body, null);
    }

    private WebTestClient.ResponseSpec join(String token, @Nullable String body, @Nullable String loadTest) {
        var request = client.post().uri(join).headers(headers -> {
            headers.setBearerAuth(token);
            if (loadTest != null) headers.set("X-Load-Test", loadTest);
        });
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    private static String token(String claim, String value, @Nullable UUID customer) {
        return TestTokens.signed(
                TestTokens.KEY, TestTokens.header(TestTokens.KEY).build(), claims -> {
                    claims.claim(claim, value);
                    if (customer != null) claims.subject(customer.toString());
                });
    }
}
