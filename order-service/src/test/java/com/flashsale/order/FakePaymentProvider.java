package com.flashsale.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** The payment provider, another process: a real HTTP server with its rules, its slowness and its absence. */
final class FakePaymentProvider {

    /** A charge as it was made; the state may become REFUNDED. */
    record Charge(UUID key, UUID orderId, String amount, String currency, String state) {}

    private static final Duration SLOW = Duration.ofMillis(300);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<UUID, Charge> charges = new ConcurrentHashMap<>();
    private final Map<UUID, String> loadTests = new ConcurrentHashMap<>();
    private final List<UUID> asked = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> unanswered = new CopyOnWriteArrayList<>();
    private final List<String> keysShown = new CopyOnWriteArrayList<>();
    private final int port;
    private HttpServer server;
    private volatile boolean losing;
    private volatile CountDownLatch queued = new CountDownLatch(0);

    FakePaymentProvider() {
        this.server = start(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer start(int onPort) {
        try {
            var fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            fresh.createContext("/v1/charges", this::handle);
            fresh.createContext("/v1/load-tests", this::loadTest);
            fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            fresh.start();
            return fresh;
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Stops the server, so that each connection is refused. */
    void goDown() {
        server.stop(0);
    }

    void comeBack() {
        server = start(port);
    }

    /** Charges vanish on their way: not made, not answered. */
    void loseCharges(boolean lose) {
        losing = lose;
    }

    /** Charges wait in the provider's own queue, where a question about them does not find them, until this is run. */
    Runnable queueCharges() {
        var gate = new CountDownLatch(1);
        queued = gate;
        return gate::countDown;
    }

    /** A charge that the provider has made and order-service does not know yet. */
    void hasCaptured(UUID key, UUID orderId) {
        charges.put(key, new Charge(key, orderId, "10.00", "EUR", "CAPTURED"));
    }

    Charge charge(UUID key) {
        return charges.get(key);
    }

    List<Charge> chargesOf(UUID orderId) {
        return charges.values().stream()
                .filter(charge -> charge.orderId().equals(orderId))
                .toList();
    }

    long timesAskedToCharge(UUID key) {
        return asked.stream().filter(key::equals).count();
    }

    List<String> authorizations() {
        return keysShown;
    }

    private void loadTest(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var run = path.substring(path.lastIndexOf('/') + 1);
        var keys = loadTests.entrySet().stream()
                .filter(entry -> entry.getValue().equals(run))
                .map(Map.Entry::getKey)
                .toList();
        if (exchange.getRequestMethod().equals("DELETE")) {
            keys.forEach(charges::remove);
            keys.forEach(loadTests::remove);
        }
        var body = ("{\"charges\":" + keys.size() + "}").getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        keysShown.add(exchange.getRequestHeaders().getFirst("Authorization"));
        var path = exchange.getRequestURI().getPath().split("/");
        if (path.length == 3) charge(exchange);
        else if (path.length == 4) answer(exchange, charges.get(UUID.fromString(path[3])), 200);
        else answer(exchange, charges.computeIfPresent(UUID.fromString(path[3]), (_, charge) -> refunded(charge)), 200);
    }

    private void charge(HttpExchange exchange) throws IOException {
        var key = UUID.fromString(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        var body = JSON.readTree(exchange.getRequestBody());
        asked.add(key);
        var loadTest = exchange.getRequestHeaders().getFirst("X-Load-Test");
        if (loadTest != null) loadTests.put(key, loadTest);
        if (losing) {
            unanswered.add(exchange);
            return;
        }
        var method = body.get("paymentMethod").asString();
        waitInQueue();
        var charge = charges.computeIfAbsent(
                key,
                _ -> new Charge(
                        key,
                        UUID.fromString(body.get("orderId").asString()),
                        body.get("amount").get("amount").asString(),
                        body.get("amount").get("currency").asString(),
                        method.equals("test-decline") ? "DECLINED" : "CAPTURED"));
        if (method.equals("test-slow")) LockSupport.parkNanos(SLOW.toNanos());
        if (method.equals("test-timeout")) unanswered.add(exchange);
        else answer(exchange, charge, 201);
    }

    private void waitInQueue() {
        try {
            if (!queued.await(60, TimeUnit.SECONDS)) throw new IllegalStateException("the queue is not released");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Charge refunded(Charge charge) {
        if (charge.state().equals("DECLINED")) throw new IllegalStateException("refund of what was never captured");
        return new Charge(charge.key(), charge.orderId(), charge.amount(), charge.currency(), "REFUNDED");
    }

    private static void answer(HttpExchange exchange, Charge charge, int status) throws IOException {
        var body = (charge == null ? "{\"code\":\"CHARGE_NOT_FOUND\"}" : view(charge)).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(charge == null ? 404 : status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String view(Charge charge) {
        return JSON.writeValueAsString(Map.of(
                "chargeKey", charge.key(),
                "orderId", charge.orderId(),
                "amount", Map.of("amount", charge.amount(), "currency", charge.currency()),
                "state", charge.state(),
                "chargedAt", "2026-11-27T12:00:00Z"));
    }
}
