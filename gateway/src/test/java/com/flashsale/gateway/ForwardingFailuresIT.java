package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Failures on both sides of a request that is forwarded on the connection. */
class ForwardingFailuresIT extends OrderCalls {

    private final UUID sale = UUID.randomUUID();

    @Autowired
    MeterRegistry meters;

    /** Keys and instances are known, so that each request can be forwarded at once. */
    @BeforeEach
    void warmUp() {
        await().until(() -> {
            var before = forwarded();
            var statuses = List.of(order().next().status(), join().next().status());
            return statuses.equals(List.of(200, 200)) && forwarded() == before + 2;
        });
        WORLD.order.forgetSeen();
        WORLD.otherOrder.forgetSeen();
    }

    @Test
    void a_post_after_the_service_closed_its_idle_connections_is_sent_on_a_new_one() throws Exception {
        for (var i = 0; i < 4; i++) order().next();
        WORLD.order.closeConnections();
        WORLD.otherOrder.closeConnections();
        WORLD.order.forgetSeen();
        WORLD.otherOrder.forgetSeen();

        for (var i = 0; i < 4; i++) assertThat(order().next().status()).isEqualTo(200);

        assertThat(orderCalls()).isEqualTo(4);
    }

    @Test
    void a_service_that_says_nothing_is_a_504_and_gets_one_request() throws Exception {
        everyOrder(StubService.silence());
        var before = forwarded();

        assertThat(order().next().status()).isEqualTo(504);

        assertThat(orderCalls()).isEqualTo(1);
        assertThat(forwarded()).isEqualTo(before + 1);
        assertThat(inFlight()).isZero();
    }

    @Test
    void a_service_that_closes_before_its_response_is_a_502_and_gets_one_request() throws Exception {
        everyOrder(StubService.cutOff());

        assertThat(order().next().status()).isEqualTo(502);

        assertThat(orderCalls()).isEqualTo(1);
    }

    @Test
    void half_a_response_ends_the_connection_of_the_client() throws Exception {
        everyOrder((_, response) -> response.header("Content-Length", "1000")
                .sendString(Flux.just("half").concatWith(Mono.error(new IOException("cut")))));
        try (var client = order()) {
            Assertions.assertThatThrownBy(client::next).isInstanceOfAny(EOFException.class, SocketException.class);
        }
        await().until(() -> inFlight() == 0);
    }

    @Test
    void a_client_that_goes_away_gives_its_room_back_and_ends_the_call() throws Exception {
        everyOrder(StubService.silence());
        var client = order();
        await().until(() -> orderCalls() == 1);
        var before = forwarded();

        client.close();

        await().until(() -> inFlight() == 0);
        assertThat(forwarded()).isEqualTo(before + 1);
    }

    @Test
    void requests_that_are_sent_together_are_answered_in_their_order() throws Exception {
        var one = orderBytes("1");
        try (var client = new Conversation(port)) {
            client.send(one + orderBytes("2") + get() + orderBytes("3"));
            assertThat(client.next().body()).isEqualTo("{\"number\":\"1\"}");
            assertThat(client.next().body()).isEqualTo("{\"number\":\"2\"}");
            assertThat(client.next().body()).contains("from");
            assertThat(client.next().body()).isEqualTo("{\"number\":\"3\"}");
        }
    }

    @Test
    void a_large_response_comes_whole_to_a_client_that_reads_slowly() throws Exception {
        everyOrder((_, response) -> response.sendString(Flux.range(0, 400).map(i -> "x".repeat(10_000))));
        try (var client = order()) {
            await().until(() -> orderCalls() == 1);
            assertThat(client.next().body()).hasSize(4_000_000);
        }
    }

    @Test
    void a_shutdown_waits_for_the_response() throws Exception {
        var gate = new CompletableFuture<Void>();
        var other = new OtherGateway(WORLD, Map.of("gateway.timeout.answer", "15s", "gateway.timeout.exchange", "16s"));
        try (var client = new Conversation(other.port())) {
            await().until(() -> client.send(orderBytes("0")).next().status() == 200);
            client.send(orderBytes("0")).next();
            everyOrder((request, response) -> Mono.fromFuture(gate)
                    .then(Mono.from(StubService.json(200, "{\"late\":true}").to(request, response))));
            WORLD.order.forgetSeen();
            WORLD.otherOrder.forgetSeen();
            client.send(orderBytes("0"));
            await().until(() -> orderCalls() == 1);

            var closing = CompletableFuture.runAsync(other::close);
            await().until(() -> !other.isForwarding());
            assertThat(closing).isNotDone();
            gate.complete(null);

            assertThat(client.next().body()).isEqualTo("{\"late\":true}");
            closing.get(20, TimeUnit.SECONDS);
        }
    }

    private Conversation order() throws IOException {
        return new Conversation(port).send(orderBytes("0"));
    }

    private Conversation join() throws IOException {
        return new Conversation(port).send(request("POST", "/api/v1/sales/" + sale + "/queue-tickets", "{}"));
    }

    private String orderBytes(String number) {
        WORLD.order.on("/api/v1/orders/" + number, StubService.json(200, "{\"number\":\"%s\"}".formatted(number)));
        WORLD.otherOrder.on("/api/v1/orders/" + number, StubService.json(200, "{\"number\":\"%s\"}".formatted(number)));
        return request("POST", number.equals("0") ? "/api/v1/orders" : "/api/v1/orders/" + number, "{}");
    }

    private String get() {
        return request("GET", "/api/v1/products", "");
    }

    private String request(String method, String path, String body) {
        return "%s %s HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\nAuthorization: Bearer %s\r\n"
                        .formatted(method, path, address, TestTokens.shopper())
                + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    }

    private double forwarded() {
        return meters.get("gateway.forwarded").counter().count();
    }

    private double inFlight() {
        return meters.get("gateway.in.flight").gauge().value();
    }
}
