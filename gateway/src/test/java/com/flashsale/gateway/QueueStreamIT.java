package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The stream of a queue, which the gateway writes to all watchers from one watch of its own. */
class QueueStreamIT extends GatewayIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MOST = 5_000;
    private static final int NAT = 300;
    private static final int MOST_BYTES = 16 * 1024;

    private final UUID sale = UUID.randomUUID();
    private final String queue = "/api/v1/sales/" + sale + "/queue";
    private final List<SocketChannel> open = new ArrayList<>();

    @Autowired
    MeterRegistry meters;

    @AfterEach
    void close() throws IOException {
        for (var each : open) each.close();
        await().atMost(SOON).until(() -> streams() == 0);
    }

    @Test
    void a_watcher_sees_the_snapshot_and_each_change_of_it() throws Exception {
        show("OPEN", 1);
        var watcher = watch(address, "");

        assertThat(read(watcher, "\n\n"))
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("Content-Type: text/event-stream")
                .containsPattern("retry:[1-7][0-9]{3}\n")
                .contains("event:queue\nid:1764547200001\ndata:{\"state\":\"OPEN\"");
        show("SOLD_OUT", 2);
        assertThat(read(watcher, "SOLD_OUT")).contains("id:1764547200002\n");
        assertThat(WORLD.waitlist.seen(queue + "/events")).isEmpty();
    }

    @Test
    void a_pipelined_request_and_one_with_a_token_see_the_same_stream() throws Exception {
        show("OPEN", 1);
        var pipelined = dial();
        send(pipelined, "GET /robots.txt HTTP/1.1\r\nHost: shop\r\n\r\n" + get(address, ""));
        assertThat(read(pipelined, "\"OPEN\"")).contains("User-agent", "event:queue\n");
        var known = watch(address, "Authorization: Bearer " + TestTokens.shopper() + "\r\n");
        assertThat(read(known, "\"OPEN\"")).contains("event:queue\n");
    }

    @Test
    void a_stream_that_there_is_not_is_a_problem() throws Exception {
        WORLD.waitlist.on(queue, StubService.problem(404, "NOT_FOUND"));
        assertThat(read(watch(address, ""), "}")).startsWith("HTTP/1.1 404 ").contains("SALE_NOT_FOUND");
        show("OPEN", 1);
        assertThat(read(watch(address, "Authorization: Bearer no\r\n"), "}"))
                .startsWith("HTTP/1.1 401 ")
                .contains("invalid_token");
    }

    @Test
    void five_thousand_watchers_take_little_memory_each_and_one_address_does_not_keep_others_out() throws Exception {
        show("OPEN", 1);
        // a first one, so that its classes are not counted
        read(watch(address, ""), "\"OPEN\"");
        var before = heap();

        while (open.size() < MOST) {
            var client = "10.77.%d.%d".formatted(open.size() / 250, open.size() % 250 + 1);
            watch(open.size() < NAT ? address : client, "");
        }
        await().atMost(SOON).until(() -> streams() == MOST);

        assertThat((heap() - before) / MOST).as("bytes for each").isLessThan(MOST_BYTES);
        assertThat(read(watch(address, ""), "}"))
                .startsWith("HTTP/1.1 503 ")
                .containsIgnoringCase("Retry-After: ")
                .contains("OVERLOADED");
        assertThat(read(watch("10.78.0.1", ""), "\"OPEN\"")).startsWith("HTTP/1.1 200 ");
        assertThat(streams()).isLessThanOrEqualTo(MOST);

        show("SOLD_OUT", 2);
        for (var i = open.size() / 2; i < open.size() / 2 + 100; i++) read(open.get(i), "SOLD_OUT");
        assertThat(WORLD.waitlist.seen(queue + "/events")).isEmpty();
    }

    private double streams() {
        return meters.get("gateway.streams").gauge().value();
    }

    private void show(String state, int number) {
        var snapshot = """
                {"state":"%s","issued":%d,"serverTime":"2025-12-01T00:00:00.%03dZ","pollAfterMs":1000}\
                """.formatted(state, number, number);
        WORLD.waitlist.on(queue, StubService.json(200, snapshot));
    }

    private SocketChannel watch(String from, String headers) throws IOException {
        var watcher = dial();
        send(watcher, get(from, headers));
        return watcher;
    }

    private String get(String from, String headers) {
        return "GET %s/events HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\n%s\r\n".formatted(queue, from, headers);
    }

    private SocketChannel dial() throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        open.add(channel);
        return channel;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /** The text from the channel until this text. */
    private static String read(SocketChannel channel, String until) throws IOException {
        var text = new StringBuilder();
        var buffer = ByteBuffer.allocate(4096);
        channel.configureBlocking(false);
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            var count = channel.read(buffer.clear());
            if (count > 0) text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            return count < 0 || text.indexOf(until) >= 0;
        });
        channel.configureBlocking(true);
        return text.toString();
    }

    private static long heap() throws InterruptedException {
        for (var i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
