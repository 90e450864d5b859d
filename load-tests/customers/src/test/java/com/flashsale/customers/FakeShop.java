package com.flashsale.customers;

import com.flashsale.client.api.Account;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Ending;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A gateway of scripted answers: each path gives its answers in their order, and the last one for ever. */
final class FakeShop implements AutoCloseable {

    static final String SALE = "01a202c3-0000-7000-8000-000000000001";
    static final String BELOW_SALE = "/api/v1/sales/" + SALE;
    static final String ORDER = "/api/v1/orders/order-1";

    record Scripted(int status, String body) {}

    final List<String> asked = new CopyOnWriteArrayList<>();
    final Queue<OrderLog.Attempt> orders = new ConcurrentLinkedQueue<>();
    private final Map<String, ArrayDeque<Scripted>> script = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        on(
                "GET " + BELOW_SALE + "/queue",
                200,
                "{'state':'OPEN','servingNumber':1000,'issued':1000,'pollAfterMs':250}");
    }

    /** Quotes may be single. */
    FakeShop on(String request, int status, String body) {
        script.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(new Scripted(status, body.replace('\'', '"')));
        return this;
    }

    FakeShop problem(String request, int status, String problem) {
        return on(request, status, "{'type':'https://flash-sale.example/problems/" + problem + "'}");
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(request);
        exchange.getRequestBody().readAllBytes();
        var answers = script.getOrDefault(request, new ArrayDeque<>(List.of(new Scripted(404, ""))));
        var next = answers.size() > 1 ? answers.remove() : answers.element();
        var bytes = next.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(next.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Lets one customer in and says how it ended for him. */
    Ending visitOf(CustomerProfile profile) {
        var base = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var api = new Api(base);
                var shop = Shop.of(api, SALE, new Shop.CrowdSettings(4, 1, Duration.ofMillis(10)), orders::add)) {
            return new Customer(shop, new Account("ada", "token"), profile, Duration.ofSeconds(20)).visit();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
