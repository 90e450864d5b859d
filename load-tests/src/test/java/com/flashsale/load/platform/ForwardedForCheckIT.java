package com.flashsale.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.ToolException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers as the gateway does to a trusted proxy, or to a stranger. */
class ForwardedForCheckIT {

    private HttpServer server;
    private boolean trusting;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var overHttps = "https".equals(exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"));
            if (trusting && overHttps) exchange.getResponseHeaders().set("Strict-Transport-Security", "max-age=1");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Test
    void a_gateway_that_believes_us_takes_the_visitor_for_one_of_https() throws InterruptedException {
        trusting = true;

        assertThat(ForwardedForCheck.isGivenBy(url())).isTrue();
    }

    @Test
    void a_gateway_that_does_not_believe_us_does_not() throws InterruptedException {
        assertThat(ForwardedForCheck.isGivenBy(url())).isFalse();
    }

    @Test
    void no_gateway_at_all_is_a_prerequisite_that_is_missing() {
        server.stop(0);

        assertThatExceptionOfType(ToolException.class).isThrownBy(() -> ForwardedForCheck.isGivenBy(url()));
    }
}
