package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.gateway.Conversation.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A gateway that is full with nine orders, and has room for one payment then. */
@TestPropertySource(
        properties = {
            "gateway.load.min-in-flight=10",
            "gateway.load.max-in-flight=10",
            "gateway.timeout.answer=20s",
            "gateway.timeout.exchange=30s"
        })
class CrowdedIT extends GatewayIT {

    private static final int ROOM = 9;
    private static final String ORDERS = "/api/v1/orders";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Autowired
    MeterRegistry meters;

    @Autowired
    JsonMapper json;

    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final List<Conversation> open = new ArrayList<>();

    @BeforeEach
    void orders_take_their_time() {
        for (var service : List.of(WORLD.order, WORLD.otherOrder)) {
            service.on(
                    ORDERS,
                    (_, response) -> Mono.fromFuture(answered, true)
                            .then(Mono.defer(() -> Mono.from(response.sendString(Mono.just("{}"))))));
        }
    }

    @AfterEach
    void everybodyLeaves() throws IOException {
        answered.complete(null);
        for (var each : open) each.next();
        for (var each : open) each.close();
        await().until(() -> meters.get("gateway.in.flight").gauge().value() == 0);
        await().until(() -> meters.get("gateway.coming").gauge().value() == 0);
    }

    @Test
    void a_request_without_room_gets_the_same_problem_on_both_paths() throws Exception {
        fill(ROOM);
        var refusedBefore = refused("ORDER");
        try (var visitor = new Conversation(port)) {
            var early = visitor.send(order("{\"quantity\":1}")).next();
            var usual = visitor.send(chunkedOrder()).next();

            assertThat(early.status()).isEqualTo(503);
            assertThat(early.headers())
                    .containsEntry("retry-after", "1")
                    .containsEntry("content-type", "application/problem+json")
                    .containsEntry("x-trace-id", TRACE);
            assertThat(early.body()).contains("\"code\":\"OVERLOADED\"", "\"traceId\":\"" + TRACE + "\"");
            assertThat(withoutTime(early)).isEqualTo(withoutTime(usual));
        }
        assertThat(refused("ORDER")).isEqualTo(refusedBefore + 2);
        assertThat(WORLD.order.seen().size() + WORLD.otherOrder.seen().size()).isEqualTo(ROOM);
    }

    @Test
    void the_connection_goes_on_and_what_costs_nothing_or_pays_is_still_let_in() throws Exception {
        fill(ROOM);
        try (var visitor = new Conversation(port)) {
            for (int i = 0; i < 3; i++) {
                assertThat(visitor.send(order("{}")).next().status()).isEqualTo(503);
                assertThat(visitor.send(get("/robots.txt")).next().status()).isEqualTo(200);
                assertThat(visitor.send(get("/api/v1/products")).next().status())
                        .isEqualTo(503);
                assertThat(visitor.send(post("/api/v1/orders/1/payments", "{}"))
                                .next()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void browsing_finds_no_room_long_before_an_order_does() throws Exception {
        fill(6);
        try (var visitor = new Conversation(port)) {
            assertThat(visitor.send(get("/api/v1/products?page=2")).next().status())
                    .isEqualTo(503);
            assertThat(visitor.send(get("/api/v1/orders/1")).next().status()).isEqualTo(200);
        }
    }

    @Test
    void an_answer_does_not_overtake_the_one_before_it() throws Exception {
        fill(ROOM - 1);
        try (var visitor = new Conversation(port)) {
            visitor.send(order("{}"));
            await().until(() -> meters.get("gateway.in.flight").gauge().value() == ROOM);
            visitor.send(order("{}") + get("/robots.txt"));
            answered.complete(null);

            assertThat(visitor.next().body()).isEqualTo("{}");
            assertThat(visitor.next().body()).isEqualTo("{}");
            assertThat(visitor.next().body()).startsWith("User-agent");
        }
    }

    @Test
    void a_refused_request_is_answered_when_its_body_is_complete() throws Exception {
        fill(ROOM);
        try (var visitor = new Conversation(port)) {
            var order = order("{\"quantity\":1}");
            visitor.send(order.substring(0, order.length() - 5));
            await().until(() -> refused("ORDER") > 0);
            visitor.send(order.substring(order.length() - 5) + order("{}"));

            assertThat(visitor.next().status()).isEqualTo(503);
            assertThat(visitor.next().status()).isEqualTo(503);
            assertThat(visitor.send(get("/robots.txt")).next().status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_hangs_up_leaves_room() throws Exception {
        for (int i = 0; i < 3; i++) {
            fill(ROOM);
            for (var each : open) each.close();
            open.clear();
            await().until(() -> meters.get("gateway.coming").gauge().value() == 0);
            WORLD.order.forgetSeen();
            WORLD.otherOrder.forgetSeen();
        }
        fill(ROOM - 1);
        try (var visitor = new Conversation(port)) {
            visitor.send(order("{}"));
            answered.complete(null);
            assertThat(visitor.next().status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_does_not_read_the_answers_is_not_read_from() throws Exception {
        fill(ROOM);
        var before = refused("ORDER");
        var many = order("{}").repeat(100);
        try (var visitor = new Conversation(port)) {
            var sending = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 2_000; i++) visitor.send(many);
                } catch (IOException closed) {
                    // the test has seen enough
                }
            });
            var last = new AtomicReference<>(before);
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(() -> {
                var now = refused("ORDER");
                return now > before && last.getAndSet(now) == now;
            });

            assertThat(sending.isAlive()).isTrue();
        }
    }

    @Test
    void a_client_that_asks_for_the_end_of_the_connection_gets_it() throws Exception {
        fill(ROOM);
        try (var visitor = new Conversation(port)) {
            var answer = visitor.send(order("{}").replaceFirst("\r\n", "\r\nConnection: close\r\n"))
                    .next();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(visitor.isOver()).isTrue();
        }
    }

    @Test
    void malformed_requests_and_unknown_paths_get_their_own_problems() throws Exception {
        fill(ROOM);
        try (var visitor = new Conversation(port)) {
            assertThat(visitor.send(get("/nowhere")).next().status()).isEqualTo(404);
            assertThat(visitor.send(get("/api/v1//orders")).next().status()).isEqualTo(400);
            assertThat(visitor.send("GET /api/v1/orders HTTP/1.1\r\nHost: a b c\r\nContent-Length: no\r\n\r\n")
                            .next()
                            .status())
                    .isEqualTo(400);
        }
    }

    /**
     * Sends orders that stay under way until the test ends; one after the other, since a gateway that has just started
     * is slow.
     */
    private void fill(int orders) throws IOException {
        for (int i = 0; i < orders; i++) {
            open.add(new Conversation(port).send(order("{}")));
            int underWay = i + 1;
            await().until(() ->
                    WORLD.order.seen().size() + WORLD.otherOrder.seen().size() >= underWay);
        }
    }

    private double refused(String cost) {
        return meters.get("gateway.shed").tag("cost", cost).counter().count();
    }

    private TreeMap<String, Object> withoutTime(Answer answer) {
        var told = new TreeMap<String, Object>(answer.headers());
        told.remove("date");
        told.put("body", json.readTree(answer.body()));
        return told;
    }

    private String order(String body) {
        return post(ORDERS, body);
    }

    private String post(String path, String body) {
        return head("POST", path) + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    }

    /** An order without a length: such a request is never refused early. */
    private String chunkedOrder() {
        return head("POST", ORDERS) + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    }

    private String get(String path) {
        return head("GET", path) + "\r\n";
    }

    private String head(String method, String path) {
        return """
                %s %s HTTP/1.1
                Host: shop
                X-Forwarded-For: %s
                Traceparent: 00-%s-b7ad6b7169203331-01
                Authorization: Bearer %s
                Content-Type: application/json
                """.formatted(method, path, address, TRACE, TestTokens.shopper()).replace("\n", "\r\n");
    }
}
