package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

class OrderStreamIT extends OrderServiceIT {

    private static final int STREAMS = 3_000;

    @Autowired
    ConfigurableApplicationContext context;

    @Autowired
    MeterRegistry meters;

    /** A browser that listens. */
    private static final class Listening implements AutoCloseable {

        private static final HttpClient HTTP = HttpClient.newHttpClient();
        final int status;
        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Stream<String> stream;
        private final Thread reader;

        private Listening(HttpResponse<Stream<String>> response) {
            this.status = response.statusCode();
            this.stream = response.body();
            this.reader = Thread.ofVirtual().start(() -> {
                try {
                    stream.forEach(lines::add);
                } catch (UncheckedIOException closed) {
                    lines.add("cut");
                }
            });
        }

        static Listening to(Shopper shopper, UUID order, String lastEventId) throws IOException, InterruptedException {
            var request = shopper.request("/api/v1/orders/" + order + "/events").header("Accept", "text/event-stream");
            if (lastEventId != null) request.header("Last-Event-ID", lastEventId);
            return new Listening(HTTP.send(request.GET().build(), BodyHandlers.ofLines()));
        }

        List<String> states() {
            return data().map(order -> order.get("state").asString()
                            + (order.has("payment")
                                    ? "/" + order.get("payment").get("state").asString()
                                    : ""))
                    .toList();
        }

        List<String> ids() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .map(line -> line.substring(3).strip())
                    .toList();
        }

        private Stream<tools.jackson.databind.JsonNode> data() {
            return lines.stream()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> Shopper.JSON.readTree(line.substring(5)));
        }

        boolean ended() {
            return !reader.isAlive() && !lines.contains("cut");
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private static void awaitStates(Listening listening, String... states) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listening.states()).containsExactly(states));
    }

    @Test
    void an_order_is_pushed_as_it_changes_until_it_is_decided() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        try (var listening = Listening.to(shopper, order, null)) {
            awaitStates(listening, "PLACED");
            Inventory.holds(order, Instant.now().plusSeconds(60));
            awaitStates(listening, "PLACED", "RESERVED");
            shopper.pay(order, "test-decline");
            await().atMost(PATIENCE).until(() -> listening.states().contains("RESERVED/DECLINED"));
            shopper.pay(order, "test-approve");
            await().atMost(PATIENCE).until(listening::ended);

            assertThat(listening.status).isEqualTo(200);
            assertThat(listening.states()).last().isEqualTo("PAID/CAPTURED");
            assertThat(listening.ids())
                    .isSortedAccordingTo((one, other) -> Integer.parseInt(one) - Integer.parseInt(other));
            assertThat(listening.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_change_made_at_another_replica_is_pushed_as_well() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        try (var replica = SecondReplica.beside(context);
                var listening = Listening.to(shopper.movedTo(replica.address()), order, null)) {
            awaitStates(listening, "PLACED");

            shopper.cancel(order);

            await().atMost(Duration.ofSeconds(20)).until(listening::ended);
            assertThat(listening.states()).containsExactly("PLACED", "CANCELLED");
        }
    }

    @Test
    void a_reader_that_comes_back_gets_only_news() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        try (var first = Listening.to(shopper, order, null)) {
            awaitStates(first, "PLACED");
            try (var again = Listening.to(shopper, order, first.ids().getLast())) {
                shopper.cancel(order);
                await().atMost(PATIENCE).until(again::ended);
                assertThat(again.states()).containsExactly("CANCELLED");

                try (var late = Listening.to(shopper, order, again.ids().getLast())) {
                    assertThat(late.status).isEqualTo(204);
                }
            }
        }
        try (var curious = Listening.to(shopper, order, "not-a-number-of-ours")) {
            await().atMost(PATIENCE).until(curious::ended);
            assertThat(curious.states()).containsExactly("CANCELLED");
        }
    }

    @Test
    void one_customer_does_not_take_all_streams() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        var open = new CopyOnWriteArrayList<Listening>();
        try {
            for (int i = 0; i < 10; i++) open.add(Listening.to(shopper, order, null));

            var refused = shopper.get("/api/v1/orders/" + order + "/events");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotNull();
        } finally {
            shopper.cancel(order);
            open.forEach(listening -> await().atMost(PATIENCE).until(listening::ended));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "-1", "1e9", "", "0x1", "\u00e9", "9999999999999999999999"})
    void a_stream_begins_at_once_with_the_news_for_any_last_event_id(String lastEventId) throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        try (var listening = Listening.to(shopper, order, lastEventId)) {
            awaitStates(listening, "PLACED");
            assertThat(listening.lines.getFirst()).startsWith("retry:");
            shopper.cancel(order);
            await().atMost(PATIENCE).until(listening::ended);
        }
    }

    @Test
    void a_stream_without_news_sends_its_first_byte_at_once() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        try (var first = Listening.to(shopper, order, null)) {
            awaitStates(first, "PLACED");
            try (var again = Listening.to(shopper, order, first.ids().getLast())) {
                await().atMost(Duration.ofSeconds(20)).until(() -> !again.lines.isEmpty());
                assertThat(again.states()).isEmpty();
                shopper.cancel(order);
                await().atMost(PATIENCE).until(again::ended);
            }
        }
    }

    @Test
    void head_of_a_stream_is_not_allowed_and_the_connection_serves_the_next_request() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        for (int i = 0; i < 20; i++) {
            var head = shopper.request("/api/v1/orders/" + order + "/events")
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            var answer = Listening.HTTP.send(head, BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
            assertThat(shopper.get("/api/v1/orders/" + order).status()).isEqualTo(200);
        }
    }

    /**
     * As many as one replica promises, each at no more than 16 KiB, the reader's socket in this process included; then
     * 503.
     */
    @Test
    void the_promised_number_of_streams_is_held_and_the_next_one_is_sent_to_poll() throws Exception {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        var sockets = new ArrayList<Socket>();
        var copies = new ArrayList<UUID>();
        try {
            open(sockets, shopper, order, 5);
            var before = heapInUse();
            for (int customer = 0; customer < (STREAMS - 5) / 5; customer++) {
                var other = aShopper();
                var copy = UUID.randomUUID();
                copies.add(copy);
                jdbc.sql("""
                    insert into orders (id, sale_id, customer_id, admission_id, quantity, total_minor, currency,
                                        placed_at)
                    select ?, sale_id, ?, gen_random_uuid(), quantity, total_minor, currency, placed_at
                      from orders
                     where id = ?
                    """).params(copy, other.id(), order).update();
                open(sockets, other, copy, 5);
            }
            assertThat(sockets).hasSize(STREAMS);
            assertThat((heapInUse() - before) / (STREAMS - 5)).isLessThan(16 * 1024);
            var refused = shopper.get("/api/v1/orders/" + order + "/events");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotNull();
            shopper.cancel(order);
            for (var socket : sockets.subList(0, 5)) assertThat(restOf(socket)).contains("CANCELLED");
        } finally {
            for (var socket : sockets) socket.close();
            copies.forEach(copy ->
                    jdbc.sql("delete from orders where id = ?").param(copy).update());
        }
        await().atMost(PATIENCE)
                .until(() -> meters.get("orders.streams").gauge().value() == 0);
    }

    private void open(List<Socket> sockets, Shopper shopper, UUID order, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var socket = new Socket("127.0.0.1", port);
            sockets.add(socket);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET /api/v1/orders/" + order
                                    + "/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + shopper.token()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(status).as("stream %d", sockets.size()).isEqualTo("HTTP/1.1 200");
        }
    }

    private static String restOf(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static long heapInUse() {
        var least = Long.MAX_VALUE;
        for (int look = 0; look < 3; look++) {
            System.gc();
            var runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
