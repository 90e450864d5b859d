package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

class OrderStreamIT extends OrderServiceIT {

    @Autowired
    ConfigurableApplicationContext context;

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
                    .map(line -> line.substring(3))
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

            await().atMost(Duration.ofSeconds(2)).until(listening::ended);
            assertThat(listening.states()).containsExactly("PLACED", "CANCELLED");
        }
    }

    @Test
    void whoever_comes_back_gets_only_what_is_new() throws Exception {
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
}
