package com.flashsale.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The processor time of a gateway of its own process, with C1 alone, for each join of a customer never seen before:
 * with and without forwarding on the connection, from its first request on. It is no test and judges nothing. By
 * {@code ./flashsale test -pl gateway -am -Dtest=ForwardingBench -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ForwardingBench {

    private static final int WINDOWS = 6;
    private static final int JOINS = 2_000;
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 2;
    private static final String PATH = "/api/v1/sales/5b1f9b0a-6f0c-4a52-9d3e-0f6a3c1d2e4f/queue-tickets";

    private final StubService auth = new StubService("auth");
    private final StubService waitlist = new StubService("waitlist");

    @Test
    void processor_time_of_a_join() throws Exception {
        auth.on("/oauth2/jwks", StubService.json(200, TestTokens.jwks(TestTokens.KEY)));
        waitlist.on(PATH, StubService.json(201, "{\"state\":\"ADMITTED\"}"));
        var joins = new ArrayList<String>();
        for (var i = 0; i < WINDOWS * JOINS; i++) joins.add(join());
        for (var round = 0; round < ROUNDS; round++) {
            measure("usual path", false, joins);
            measure("forwarded", true, joins);
        }
    }

    private void measure(String name, boolean forwards, List<String> joins) throws Exception {
        try (var gateway = new GatewayProcess(auth, waitlist, Map.of("gateway.forward.enabled", forwards))) {
            int port = gateway.port();
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
                try (var client = new Conversation(port)) {
                    return client.send(join()).next().status() == 201;
                }
            });
            var line = new StringBuilder(name).append(", ms of processor a join:");
            for (var window = 0; window < WINDOWS; window++) {
                var before = gateway.processor();
                run(port, joins.subList(window * JOINS, (window + 1) * JOINS));
                var spent = gateway.processor().minus(before);
                line.append(" %.2f".formatted(spent.toNanos() / 1e6 / JOINS));
                waitlist.forgetSeen();
            }
            System.out.println(line);
        }
    }

    private static void run(int port, List<String> joins) throws Exception {
        var next = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (var i = 0; i < CONNECTIONS; i++) {
                tasks.add(() -> {
                    try (var client = new Conversation(port)) {
                        for (var j = next.getAndIncrement(); j < joins.size(); j = next.getAndIncrement()) {
                            var status = client.send(joins.get(j)).next().status();
                            if (status != 201) throw new IllegalStateException("status " + status);
                        }
                    }
                    return null;
                });
            }
            for (var done : clients.invokeAll(tasks)) {
                try {
                    done.get();
                } catch (ExecutionException failed) {
                    throw new IOException(failed.getCause());
                }
            }
        }
    }

    private static String join() {
        return ("POST %s HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer %s\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                .formatted(PATH, TestTokens.shopper(UUID.randomUUID()));
    }
}
