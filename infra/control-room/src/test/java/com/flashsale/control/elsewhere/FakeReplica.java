package com.flashsale.control.elsewhere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A management port on an address of its own, all of 127.0.0.0/8 being this machine. */
public final class FakeReplica implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile int readiness = 200;
    private volatile String metrics = "";

    /** @param port 0 for a free one; replicas of a service share it */
    public FakeReplica(String address, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.setExecutor(threads);
        server.createContext("/actuator/health/readiness", exchange -> {
            awaitEnd();
            answer(exchange, readiness, "{}");
        });
        server.createContext("/actuator/prometheus", exchange -> answer(exchange, 200, metrics));
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, text.length());
            exchange.getResponseBody().write(text.getBytes(UTF_8));
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void awaitEnd() {
        try {
            answers.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Accepts questions and leaves them without an answer. */
    void freeze() {
        answers = new CountDownLatch(1);
    }

    void thaw() {
        answers.countDown();
    }

    void readiness(int status) {
        readiness = status;
    }

    public void metrics(String text) {
        metrics = text;
    }

    @Override
    public void close() {
        thaw();
        server.stop(0);
        threads.close();
    }
}
