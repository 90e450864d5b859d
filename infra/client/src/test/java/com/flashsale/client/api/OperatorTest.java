package com.flashsale.client.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OperatorTest {

    @Test
    void an_operator_knows_the_switches_that_are_off() throws IOException {
        var token = new AtomicReference<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/switches", exchange -> {
            token.set(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = """
                    {"switches":[{"name":"admission","on":true,"changedAt":null},
                                 {"name":"payments","on":false,"changedAt":"2026-12-02T09:00:00Z"}]}""".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (var api = new Api("http://127.0.0.1:" + server.getAddress().getPort())) {
            assertThat(new Operator(api, "secret").switchesOff()).containsExactly("payments");
            assertThat(token.get()).isEqualTo("Bearer secret");
        } finally {
            server.stop(0);
        }
    }
}
