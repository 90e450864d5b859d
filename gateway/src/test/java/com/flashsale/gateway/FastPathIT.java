package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.flashsale.gateway.Conversation.Answer;
import com.flashsale.platform.filter.BloomFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** A response on the connection equals that of the usual path: to the client, in the log, in the meters. */
class FastPathIT extends GatewayIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final UUID sale = UUID.randomUUID();
    private final String poll = "/api/v1/sales/" + sale + "/queue";
    private final String join = "/api/v1/sales/" + sale + "/queue-tickets";

    private final Logger access = (Logger) LoggerFactory.getLogger("access");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // the trace id is this thread's
            super.append(event);
        }
    };

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        access.setLevel(Level.INFO); // tests are quieter than the service
        access.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        access.detachAppender(log);
        access.setLevel(null);
    }

    @BeforeEach
    void services() {
        WORLD.waitlist.on(poll, StubService.json(200, "{\"phase\":\"OPEN\"}"));
        WORLD.waitlist.on(join, StubService.json(201, "{\"state\":\"ADMITTED\"}"));
    }

    @Test
    void a_poll_is_answered_on_the_connection_as_it_is_otherwise() throws Exception {
        try (var visitor = new Conversation(port)) {
            var usual = visitor.send(get(poll, "Transfer-Encoding: chunked") + "0\r\n\r\n")
                    .next();
            var before = early();
            var answer = visitor.send(get(poll, null)).next();

            assertThat(early()).isEqualTo(before + 1);
            assertThat(answer.body()).isEqualTo("{\"phase\":\"OPEN\"}");
            assertThat(answer.headers()).containsEntry("x-trace-id", TRACE).containsKeys("date", "ratelimit");
            assertThat(lasting(answer)).isEqualTo(lasting(usual));
        }
    }

    @Test
    void both_ways_write_the_same_line_and_count_in_the_same_meter() throws Exception {
        try (var visitor = new Conversation(port)) {
            visitor.send(get(poll, null)).next();
            await().until(() -> lines().size() == 1);
            var counted = polls().count();
            var before = early();
            visitor.send(get(poll, null)).next();
            visitor.send(get(poll, null)).next();

            assertThat(early()).isEqualTo(before + 2);
            assertThat(polls().count()).isEqualTo(counted + 2);
            assertThat(lines()).hasSize(3);
            assertThat(new HashSet<>(lines())).hasSize(1);
        }
    }

    @Test
    void a_token_that_was_not_seen_before_is_verified() throws Exception {
        try (var visitor = new Conversation(port)) {
            visitor.send(get(poll, null)).next();

            assertThat(visitor.send(get(poll, "Authorization: Bearer no-token"))
                            .next()
                            .status())
                    .isEqualTo(401);
            assertThat(visitor.send(get(poll, null)).next().status()).isEqualTo(200);
        }
    }

    @Test
    void a_known_token_is_not_verified_again() throws Exception {
        var token = "Authorization: Bearer " + TestTokens.shopper();
        try (var visitor = new Conversation(port)) {
            visitor.send(get(poll, null)).next();
            var before = early();
            assertThat(visitor.send(get(poll, token)).next().status()).isEqualTo(200);
            assertThat(early()).isEqualTo(before);
            assertThat(visitor.send(get(poll, token)).next().status()).isEqualTo(200);
            assertThat(early()).isEqualTo(before + 1);
        }
    }

    @Test
    void an_old_answer_is_not_given_on_the_connection() throws Exception {
        try (var visitor = new Conversation(port)) {
            visitor.send(get(poll, null)).next();
            WORLD.waitlist.on(poll, StubService.json(200, "{\"phase\":\"SOLD_OUT\"}"));

            await().atMost(SOON)
                    .until(() -> visitor.send(get(poll, null)).next().body().contains("SOLD_OUT"));
        }
    }

    @Test
    void a_client_that_polls_beyond_the_limit_gets_a_429() throws Exception {
        try (var visitor = new Conversation(port)) {
            Answer answer;
            var polls = 0;
            do {
                answer = visitor.send(get(poll, null)).next();
            } while (answer.status() == 200 && ++polls < 10_000);

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(polls).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    void a_late_customer_gets_the_same_refusal_on_both_paths() throws Exception {
        soldOut();
        var token = TestTokens.shopper();
        try (var visitor = new Conversation(port)) {
            var usual = visitor.send(post(token, "{}")).next(); // the gateway has not seen this token before
            var before = early();
            var answer = visitor.send(post(token, "{}")).next();

            assertThat(early()).isEqualTo(before + 1);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(lasting(answer)).isEqualTo(lasting(usual));
        }
    }

    @Test
    void repeated_refusals_use_up_the_customers_limit() throws Exception {
        soldOut();
        var token = TestTokens.shopper();
        try (var visitor = new Conversation(port)) {
            Answer answer;
            var joins = 0;
            do {
                answer = visitor.send(post(token, "{}")).next();
            } while (answer.status() == 409 && ++joins < 2_000);

            assertThat(answer.status()).isEqualTo(429);
            assertThat(joins).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void a_customer_with_a_place_or_a_ticket_goes_on_to_the_service() throws Exception {
        var member = UUID.randomUUID();
        soldOut(member);
        var before = early();
        try (var visitor = new Conversation(port)) {
            for (int i = 0; i < 2; i++) {
                assertThat(visitor.send(post(TestTokens.shopper(member), "{}"))
                                .next()
                                .status())
                        .isEqualTo(201);
            }
            var token = TestTokens.shopper();
            visitor.send(post(token, "{}")).next();
            assertThat(visitor.send(post(token, "{\"ticket\":\"mine\"}")).next().status())
                    .isEqualTo(201);
        }
        assertThat(early()).isEqualTo(before);
    }

    private void soldOut(UUID... members) throws IOException {
        var end = Instant.now().plusSeconds(600);
        WORLD.waitlist.on(
                "/internal/v1/sales/" + sale + "/sold-out-crowd",
                SoldOutSale.crowd("1", null, end, BloomFilter.FORMAT, members));
        try (var visitor = new Conversation(port)) {
            await().atMost(SOON)
                    .until(() -> visitor.send(post(TestTokens.shopper(), "{}"))
                                    .next()
                                    .status()
                            == 409);
        }
    }

    private double early() {
        return meters.get("gateway.early").counter().count();
    }

    private Timer polls() {
        return meters.get("http.server.requests")
                .tag("uri", "/api/v1/sales/{saleId}/queue")
                .tag("status", "200")
                .tag("method", "GET")
                .tag("outcome", "SUCCESS")
                .tag("exception", "none")
                .tag("error", "none")
                .timer();
    }

    /** Each line's pairs but the time, of this test's polls. */
    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .filter(line -> TRACE.equals(line.getMDCPropertyMap().get("traceId")))
                .map(line -> line.getMessage()
                        + line.getKeyValuePairs().stream()
                                .filter(pair -> !pair.key.equals("ms"))
                                .toList())
                .toList();
    }

    /** The headers without those that differ in each response. */
    private static TreeMap<String, String> lasting(Answer answer) {
        var told = new TreeMap<String, String>(answer.headers());
        told.remove("date");
        told.remove("ratelimit");
        told.remove("age");
        told.put("body", answer.body());
        told.put("status", Integer.toString(answer.status()));
        return told;
    }

    private String get(String path, @Nullable String header) {
        return head("GET", path) + (header == null ? "" : header + "\r\n") + "\r\n";
    }

    private String post(String token, String body) {
        return head("POST", join)
                + "Authorization: Bearer %s\r\nContent-Type: application/json\r\n".formatted(token)
                + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    }

    private String head(String method, String path) {
        return "%s %s HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\nTraceparent: 00-%s-b7ad6b7169203331-01\r\n"
                .formatted(method, path, address, TRACE);
    }
}
