package com.flashsale.gateway;

import static org.awaitility.Awaitility.await;

import com.flashsale.platform.filter.BloomFilter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** A sale that is sold out, and customers who join it. */
abstract class SoldOutSale extends GatewayIT {

    static final Duration SOON = Duration.ofSeconds(30);
    static final Duration FRESH_FOR = Duration.ofSeconds(1);

    final UUID sale = UUID.randomUUID();
    final UUID member = UUID.randomUUID();
    final String join = "/api/v1/sales/" + sale + "/queue-tickets";
    final String crowd = "/internal/v1/sales/" + sale + "/sold-out-crowd";

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void servicesAnswer() {
        WORLD.waitlist.on(join, StubService.json(201, "{\"state\":\"ADMITTED\"}"));
    }

    void soldOut(String version, UUID... members) {
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

    void untilTold() {
        await().atMost(SOON).until(() -> statusOf(TestTokens.shopper()) == 409);
    }

    void untilLetThrough() {
        await().atMost(SOON).until(() -> statusOf(TestTokens.shopper()) == 201);
    }

    int joins() {
        return WORLD.waitlist.seen(join).size();
    }

    int statusOf(String token) {
        return join(token, null).expectBody().returnResult().getStatus().value();
    }

    WebTestClient.ResponseSpec join(String token, @Nullable String body) {
        return join(token, body, null);
    }

    WebTestClient.ResponseSpec join(String token, @Nullable String body, @Nullable String loadTest) {
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

    static String token(String claim, String value, @Nullable UUID customer) {
        return TestTokens.signed(
                TestTokens.KEY, TestTokens.header(TestTokens.KEY).build(), claims -> {
                    claims.claim(claim, value);
                    if (customer != null) claims.subject(customer.toString());
                });
    }
}
