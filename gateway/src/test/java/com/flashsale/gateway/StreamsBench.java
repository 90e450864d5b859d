package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The memory of a gateway of its own process for each open stream of a queue, and the time until all watchers know a
 * change. {@code -Dstreams=20000} opens more than the usual 5,000; both processes need as many open files and some more
 * ({@code ulimit -n}). It is no test; its only judgement is that each watcher hears of the change. By
 * {@code ./flashsale test -pl gateway -am -Dtest=StreamsBench -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class StreamsBench {

    private static final int STREAMS = Integer.getInteger("streams", 5_000);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CLIENTS_OF_A_NETWORK = 250;
    private static final int CHANGES = 5;

    private final StubService auth = new StubService("auth");
    private final StubService waitlist = new StubService("waitlist");
    private final String queue = "/api/v1/sales/" + UUID.randomUUID() + "/queue";
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);

    /** The end of what a watcher has read: a change may come in two parts. */
    private static final class Watched {
        private String tail = "";

        boolean has(String text, String more) {
            tail += more;
            boolean found = tail.contains(text);
            tail = tail.substring(Math.max(0, tail.length() - text.length()));
            return found;
        }
    }

    @Test
    void memory_and_time_of_many_streams() throws Exception {
        auth.on("/oauth2/jwks", StubService.json(200, TestTokens.jwks(TestTokens.KEY)));
        show("OPEN", 1);
        var settings = Map.<String, Object>of(
                "gateway.load.max-streams", STREAMS + 10, "gateway.edge.trusted-proxies", "127.0.0.1/32");
        try (var gateway = new GatewayProcess(auth, waitlist, settings);
                var selector = Selector.open()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> watch(gateway.port(), selector, 0) != null);
            awaitAll(selector, 1, "\"OPEN\"");
            long before = gateway.resident();
            for (int stream = 1; stream < STREAMS; stream++) watch(gateway.port(), selector, stream);
            awaitAll(selector, STREAMS - 1, "\"OPEN\"");
            System.out.printf(
                    "streams  %,d open, %,d resident bytes each%n",
                    STREAMS, (gateway.resident() - before) / (STREAMS - 1));
            for (int change = 2; change < 2 + CHANGES; change++) {
                var used = gateway.processor();
                long begun = System.nanoTime();
                show("SOLD_" + change, change);
                awaitAll(selector, STREAMS, "\"SOLD_" + change + "\"");
                System.out.printf(
                        "streams  a change reached all within %,.0f ms, for %,d ms of processor%n",
                        (System.nanoTime() - begun) / 1e6,
                        gateway.processor().minus(used).toMillis());
            }
            System.out.printf(
                    "streams  %,d resident bytes each after %d changes%n",
                    (gateway.resident() - before) / (STREAMS - 1), CHANGES);
            for (var key : selector.keys()) key.channel().close();
        }
    }

    private void show(String state, int number) {
        var snapshot = """
                {"state":"%s","issued":%d,"serverTime":"2025-12-01T00:00:00.%03dZ","pollAfterMs":1000}\
                """.formatted(state, number, number);
        waitlist.on(queue, StubService.json(200, snapshot));
    }

    /** Each watcher comes from an address of its own, since one address has few streams. */
    private SelectionKey watch(int port, Selector selector, int stream) throws IOException {
        var from = "10.%d.%d.%d"
                .formatted(
                        stream / CLIENTS_OF_A_NETWORK / CLIENTS_OF_A_NETWORK,
                        stream / CLIENTS_OF_A_NETWORK % CLIENTS_OF_A_NETWORK,
                        stream % CLIENTS_OF_A_NETWORK + 1);
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        var request = "GET %s/events HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\n\r\n".formatted(queue, from);
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, new Watched());
    }

    /** Reads until this number of watchers has had the text. */
    private void awaitAll(Selector selector, int watchers, String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int told = 0;
        while (told < watchers) {
            assertThat(System.nanoTime())
                    .as("%d of %d have %s", told, watchers, text)
                    .isLessThan(deadline);
            selector.select(1_000);
            for (var key : selector.selectedKeys()) {
                int count = ((SocketChannel) key.channel()).read(buffer.clear());
                assertThat(count).as("a stream has ended").isNotNegative();
                var more = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
                if (((Watched) key.attachment()).has(text, more)) told++;
            }
            selector.selectedKeys().clear();
        }
    }
}
