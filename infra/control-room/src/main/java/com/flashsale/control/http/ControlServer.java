package com.flashsale.control.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP server of the control room. It listens on loopback, or on the addresses of a container of which only a port
 * on the loopback of the host leads here. {@link Guard} keeps other sites out. Each request has a virtual thread.
 */
public final class ControlServer implements AutoCloseable {

    private static final int BACKLOG = 32;

    /** Limits of the JDK's server, for slow and for many clients. They hold for each server of this process. */
    private static final String[][] LIMITS = {
        {"jdk.httpserver.maxConnections", "64"},
        {"sun.net.httpserver.maxReqTime", "10"},
        {"sun.net.httpserver.idleInterval", "30"},
        {"sun.net.httpserver.maxReqHeaders", "64"},
        {"sun.net.httpserver.maxReqHeaderSize", "16384"},
    };

    private final HttpServer server;
    private final ExecutorService threads;
    private final Routes routes;
    private final Guard guard;

    private ControlServer(HttpServer server, Routes routes) {
        this.server = server;
        this.routes = routes;
        this.guard = new Guard(server.getAddress().getPort());
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * @param listens the address to listen at
     * @param port 0 for any free one; a browser must use the same
     */
    public static ControlServer start(InetAddress listens, int port, Routes routes) throws IOException {
        for (var limit : LIMITS) {
            if (System.getProperty(limit[0]) == null) System.setProperty(limit[0], limit[1]);
        }
        var address = new InetSocketAddress(listens, port);
        var server = new ControlServer(HttpServer.create(address, BACKLOG), routes);
        server.server.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            try {
                guard.check(exchange.getRequestMethod(), exchange.getRequestHeaders());
                routes.answer(exchange);
            } catch (RefusedException refused) {
                send(exchange, Reply.problem(refused.problem(), String.valueOf(refused.getMessage())));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sends a whole response; to a HEAD only its head. */
    static void send(HttpExchange exchange, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", reply.policy());
        headers.set("Cache-Control", reply.etag().isEmpty() ? "no-store" : "no-cache");
        if (!reply.etag().isEmpty()) {
            headers.set("ETag", reply.etag());
            if (reply.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
        }
        headers.set("Content-Type", reply.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(reply.body().length));
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
