package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.gateway.StubService.Seen;
import com.flashsale.platform.switches.Switches;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The same requests on both ways, forwarded on the connection and through the usual path: the client gets the same
 * responses, and the services get the same requests.
 */
class ForwardingIT extends OrderCalls {

    private static final int REQUESTS = 3_000;

    /** The least share of plain requests that is forwarded: one that comes in two reads takes the usual path. */
    private static final double AT_ONCE = 0.98;

    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    @Nullable
    private static OtherGateway usual;

    @Autowired
    MeterRegistry meters;

    @Autowired
    Switches switches;

    /** The response to the client, and the requests that the services saw. */
    private record Outcome(int status, Map<String, String> headers, String body, List<Object> seen) {}

    @BeforeAll
    static void startUsual() {
        usual = new OtherGateway(WORLD, Map.of("gateway.forward.enabled", "false"));
    }

    @AfterAll
    static void endUsual() {
        Objects.requireNonNull(usual).close();
    }

    @Test
    void both_ways_give_the_same_responses_and_send_the_same_requests() throws Exception {
        compareWays(REQUESTS);
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false", "false, false"})
    void both_ways_refuse_the_same_requests_while_switches_are_off(boolean payments, boolean purchases)
            throws Exception {
        var both = List.of(switches, Objects.requireNonNull(usual).switches());
        both.forEach(known -> SwitchesIT.turn(known, payments, purchases));
        try {
            compareWays(REQUESTS / 3);
        } finally {
            both.forEach(known -> SwitchesIT.turn(known, true, true));
        }
    }

    private void compareWays(int requests) throws Exception {
        var other = Objects.requireNonNull(usual);
        services().forEach(service -> service.onAll(CannedAnswers::to));
        warmUp(other);
        var random = new Random(20261201);
        var before = forwarded();
        var plain = 0;
        try (var early = new Session(port);
                var late = new Session(other.port())) {
            for (var number = 0; number < requests; number++) {
                var request = GeneratedRequest.of(random, number);
                breakers.getAllCircuitBreakers().forEach(each -> each.reset());
                other.closeBreakers();
                assertThat(early.outcome(request)).as("request %s", request).isEqualTo(late.outcome(request));
                if (request.isPlain()) plain++;
            }
        }
        assertThat(plain).isGreaterThan(requests / 6);
        assertThat(forwarded() - before).isGreaterThan(plain * AT_ONCE);
    }

    /** Both gateways know the keys and the instances, so that requests can be forwarded at once. */
    private void warmUp(OtherGateway other) throws IOException {
        for (var gateway : List.of(port, other.port())) {
            try (var session = new Session(gateway)) {
                for (var path : List.of("/api/v1/orders", "/api/v1/waitlist-entries")) {
                    session.outcome(new GeneratedRequest(
                            "0",
                            List.of(("GET %s HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\n"
                                            + "Authorization: Bearer %s\r\n\r\n")
                                    .formatted(path, address, TestTokens.shopper())),
                            false,
                            true));
                }
            }
        }
    }

    private double forwarded() {
        return meters.get("gateway.forwarded").counter().count();
    }

    private static Stream<StubService> services() {
        return Stream.of(WORLD.auth, WORLD.catalog, WORLD.otherCatalog, WORLD.waitlist, WORLD.order, WORLD.otherOrder);
    }

    /** A client that keeps its connection as long as the gateway does. */
    private static final class Session implements AutoCloseable {

        private final int port;
        private @Nullable Conversation kept;

        Session(int port) {
            this.port = port;
        }

        Outcome outcome(GeneratedRequest request) throws IOException {
            services().forEach(StubService::forgetSeen);
            if (kept == null) kept = new Conversation(port);
            Conversation.Answer answer;
            try {
                for (var part : request.parts()) kept.send(part);
                answer = kept.next();
            } catch (SocketTimeoutException silence) {
                throw new AssertionError(
                        "port %d gave no response to %s; seen: %s".formatted(port, request, seen(request)), silence);
            } catch (EOFException | SocketException cut) {
                answer = new Conversation.Answer(0, Map.of(), "cut");
            }
            if (answer.status() == 0 || "close".equals(answer.headers().get("connection"))) {
                close();
            }
            var headers = new TreeMap<>(answer.headers());
            var body = answer.body();
            var trace = headers.remove("x-trace-id");
            if (trace != null) body = body.replace(trace, "trace");
            // the two requests may fall into two seconds
            headers.computeIfPresent("age", (_, _) -> "seconds");
            if (!"Tue, 01 Jan 2030 00:00:00 GMT".equals(headers.get("date"))) headers.remove("date");
            return new Outcome(answer.status(), headers, body, seen(request));
        }

        private static List<Object> seen(GeneratedRequest request) {
            var all = new ArrayList<Object>();
            services()
                    .flatMap(service -> service.seen().stream())
                    .filter(one -> request.name().equals(one.headers().get(GeneratedRequest.NAME)))
                    .map(Session::comparable)
                    .forEach(all::add);
            return all;
        }

        private static List<Object> comparable(Seen seen) {
            var headers = new TreeMap<String, List<String>>();
            for (var name : seen.headers().names()) {
                var lower = name.toLowerCase(java.util.Locale.ROOT);
                if (!FRAMING.contains(lower)) headers.put(lower, seen.headers().getAll(name));
            }
            // the stamp has a second, and a new trace is random
            headers.computeIfPresent("x-token-proof", (_, values) -> List.of(Integer.toString(values.size())));
            headers.computeIfPresent("traceparent", (_, values) -> List.of(Integer.toString(values.size())));
            return List.of(seen.method(), seen.uri(), headers, seen.body());
        }

        @Override
        public void close() throws IOException {
            if (kept != null) kept.close();
            kept = null;
        }
    }
}
