package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A place in the line belongs to the customer, not to a page, a device or a connection. */
class PlaceKeptIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CUT = Duration.ofSeconds(30);

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    @Test
    void a_reload_and_a_second_device_find_the_same_place() {
        var sale = shop.openSale(1);
        shop.admission(shop.shopper(), sale);
        var ada = shop.shopper();
        var phone = shop.join(ada, sale).is(201);

        var reloaded = shop.api
                .get("/api/v1/sales/" + sale + "/queue-tickets/mine", ada.token())
                .is(200);
        // another device knows only its customer's token
        var laptop = new Api("http://127.0.0.1:" + platform.address("/").getPort())
                .post("/api/v1/sales/" + sale + "/queue-tickets", ada.token(), Map.of())
                .is(201);

        assertThat(List.of(phone, reloaded, laptop))
                .extracting(answer -> answer.body().path("number").asLong())
                .containsOnly(2L);
        assertThat(List.of(phone, reloaded, laptop))
                .extracting(answer -> answer.text("ticket"))
                .containsOnly(phone.text("ticket"));
    }

    @Test
    void after_thirty_seconds_without_a_stream_one_sees_the_line_as_it_is_and_still_has_ones_place() throws Exception {
        var sale = shop.openSale(2, Map.of("turnDuration", "PT2M"));
        var first = shop.shopper();
        var second = shop.shopper();
        var admission = shop.admission(first, sale);
        shop.admission(second, sale);
        var ada = shop.shopper();
        var ticket = shop.join(ada, sale).is(201);
        assertThat(ticket.body().path("number").asLong()).isEqualTo(3);
        String last;
        try (var stream = new Stream(platform, sale, "")) {
            await().atMost(PATIENCE).until(() -> stream.shows("\"servingNumber\":2"));
            last = stream.lastId();
        }
        // the queue moves while no stream is open: a unit comes back, and it is ada's turn
        var cut = Instant.now();
        var order = shop.order(first, sale, admission).is(202).text("id");
        shop.awaitState(first, order, "RESERVED");
        shop.api
                .post("/api/v1/orders/" + order + "/cancellation", first.token(), Map.of())
                .is(202);
        await().atMost(PATIENCE.plus(CUT))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Instant.now().isAfter(cut.plus(CUT)));

        try (var stream = new Stream(platform, sale, last)) {
            await().atMost(PATIENCE).until(() -> stream.shows("\"servingNumber\":3"));
        }

        var mine = shop.api
                .get("/api/v1/sales/" + sale + "/queue-tickets/mine", ada.token())
                .is(200);
        assertThat(mine.body().path("number").asLong()).isEqualTo(3);
        assertThat(mine.text("state")).isEqualTo("ADMITTED");
        var claim = shop.api
                .post("/api/v1/sales/" + sale + "/admissions", ada.token(), Map.of("ticket", ticket.text("ticket")))
                .is(201);
        shop.awaitState(
                ada, shop.order(ada, sale, claim.text("admission")).is(202).text("id"), "RESERVED");
    }

    /** The queue's events through the gateway, until it is closed. */
    private static final class Stream implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Stream(RunningPlatform platform, String sale, String lastEventId) throws IOException {
            var request = HttpRequest.newBuilder(platform.address("/api/v1/sales/" + sale + "/queue/events"));
            if (!lastEventId.isEmpty()) request.header("Last-Event-ID", lastEventId);
            var _ = http.sendAsync(request.build(), BodyHandlers.ofLines())
                    .thenAccept(response -> response.body().forEach(lines::add))
                    .exceptionally(reason -> {
                        failure.set(reason);
                        return null;
                    });
        }

        boolean shows(String text) {
            assertThat(failure.get()).isNull();
            return lines.stream().anyMatch(line -> line.contains(text));
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .reduce("", (_, line) -> line.substring(3).strip());
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
