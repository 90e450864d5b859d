package com.flashsale.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.inject.Injector;
import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The injector against a real server. */
class LeanClientIT {

    private HttpServer server;
    private LeanClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/sold-out", exchange -> {
            var body = "{\"type\":\"https://flash-sale.example/problems/sold-out\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(409, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/never", exchange -> {});
        server.start();
        client = LeanClient.start(new LeanClient.Settings(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort()),
                20,
                10_000,
                Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private Operation visit(String path, int count) throws InterruptedException {
        long start = System.nanoTime();
        var operation = new Operation("visit", start);
        new Injector(client)
                .run(
                        Arrivals.within(count, Duration.ofMillis(200)),
                        start,
                        (number, due) -> client.send(
                                Request.get(path, Visitor.number(number, null)),
                                due,
                                response -> operation.record(due, response)),
                        () -> true,
                        Duration.ofSeconds(20));
        return operation;
    }

    @Test
    void each_request_is_answered_once() throws InterruptedException {
        var operation = visit("/ok", 500);

        assertThat(operation.count(Outcome.ACCEPTED)).isEqualTo(500);
        assertThat(operation.kinds()).containsOnlyKeys("200");
    }

    @Test
    void a_refusal_is_known_by_its_type() throws InterruptedException {
        assertThat(visit("/sold-out", 50).kinds()).containsOnlyKeys("409 sold-out");
    }

    @Test
    void a_request_without_an_answer_ends_as_a_timeout_and_counts_from_when_it_was_due() throws InterruptedException {
        var operation = visit("/never", 30);

        assertThat(operation.kinds()).containsOnlyKeys("timeout");
        assertThat(operation.count(Outcome.FAILED)).isEqualTo(30);
        assertThat(operation.times(Outcome.FAILED).getMinValue()).isGreaterThanOrEqualTo(990_000);
    }

    @Test
    void a_server_that_does_not_listen_is_a_failure_and_no_wait() throws InterruptedException {
        server.stop(0);

        assertThat(visit("/ok", 10).count(Outcome.FAILED)).isEqualTo(10);
    }
}
