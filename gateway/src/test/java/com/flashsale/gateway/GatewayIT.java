package com.flashsale.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec.ResponseSpecConsumer;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One real gateway for all tests that extend this, behind a proxy that it trusts: so that each test can be a client of
 * its own. Waits are shorter than in production, so that the tests are.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPropertySource(
        properties = {
            "gateway.edge.trusted-proxies=127.0.0.1/32",
            "gateway.control-room=http://localhost:8134/control/",
            "gateway.timeout.browse=500ms",
            "gateway.timeout.answer=1s",
            "gateway.timeout.exchange=5s",
            "gateway.load.body-timeout=500ms",
            "gateway.token.refresh-every=1h",
            "gateway.token.proof-keys=" + GatewayIT.PROOF_KEYS
        })
abstract class GatewayIT {

    static final World WORLD = new World();
    static final String PROOF_KEYS = "test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static final AtomicInteger CLIENTS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    /** An address that no other test has. */
    final String address = "10.0.%d.%d".formatted(CLIENTS.get() / 250, CLIENTS.getAndIncrement() % 250 + 1);

    WebTestClient client;

    @DynamicPropertySource
    static void world(DynamicPropertyRegistry properties) {
        WORLD.describe(properties);
    }

    /** Two cores may run two modules and their engines. */
    @BeforeAll
    static void waitPatiently() {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .defaultHeader("X-Forwarded-For", address)
                .filter((request, next) -> next.exchange(request).flatMap(GatewayIT::wholly))
                .build();
    }

    @AfterEach
    void tidyUp() {
        WORLD.forget();
        OpenBuffers.awaitNone();
    }

    /**
     * The response with its body in memory, since the buffers of a body that no test reads are never released. The body
     * of a stream stays with its test.
     */
    private static Mono<ClientResponse> wholly(ClientResponse response) {
        var type = response.headers().contentType().orElse(MediaType.ALL);
        if (type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM)) return Mono.just(response);
        var copies = DefaultDataBufferFactory.sharedInstance;
        return response.bodyToMono(byte[].class)
                .map(body -> Flux.<DataBuffer>just(copies.wrap(body)))
                .defaultIfEmpty(Flux.empty())
                .map(body -> response.mutate().body(_ -> body).build());
    }

    /** The document of a refusal. */
    static ResponseSpecConsumer problem(int status, String code) {
        return response -> {
            response.expectStatus().isEqualTo(status).expectHeader().contentType("application/problem+json");
            response.expectBody().jsonPath("$.code").isEqualTo(code);
        };
    }

    WebTestClient as(String token) {
        return client.mutate().defaultHeader("Authorization", "Bearer " + token).build();
    }
}
