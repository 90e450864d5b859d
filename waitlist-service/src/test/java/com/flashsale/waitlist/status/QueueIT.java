package com.flashsale.waitlist.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.AnInventory;
import com.flashsale.waitlist.SmallLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@SmallLimits
class QueueIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port;

    QueueIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void how_a_queue_stands_is_public_and_may_be_cached_for_a_second() throws Exception {
        var sale = ASale.of(2).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        var ada = new AShopper(port);
        // the pace is counted from the first look at the room, which may come after the first one has joined
        ada.join(sale.id());
        await().atMost(SOON).until(() -> ada.queue(sale.id()).number("issued") == 1);
        for (int i = 0; i < 3; i++) new AShopper(port).join(sale.id());
        await().atMost(SOON).until(() -> ada.queue(sale.id()).number("issued") == 4);

        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request(sale, "/queue"), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(it -> assertThat(it).contains("max-age=1"));
        }
        var before = Instant.now();
        var queue = ada.queue(sale.id());
        assertThat(queue.state()).isEqualTo("OPEN");
        assertThat(queue.number("servingNumber")).isEqualTo(2);
        assertThat(queue.number("admissionsPerMinute")).isPositive();
        assertThat(queue.text("stock")).isEqualTo("LAST_FEW");
        assertThat(queue.body().path("waitlistOpen").asBoolean()).isTrue();
        assertThat(Instant.parse(queue.text("serverTime"))).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(queue.number("pollAfterMs")).isBetween(1_000L, 10_000L);
    }

    @Test
    void a_watcher_is_shown_each_change_and_the_number_of_streams_has_a_limit() throws Exception {
        var sale = ASale.of(2).scheduled().knownTo(port);
        AnInventory.of(sale).told();
        new AShopper(port).join(sale.id());
        try (var http = HttpClient.newHttpClient()) {
            var first = watch(http, sale);
            var second = watch(http, sale);
            await().atMost(SOON).untilAsserted(() -> assertThat(first).anyMatch(line -> line.contains("\"OPEN\"")));
            await().atMost(SOON).until(() -> !second.isEmpty());
            var third = http.send(request(sale, "/queue/events"), HttpResponse.BodyHandlers.ofString());
            assertThat(third.statusCode()).isEqualTo(503);

            sale.paused();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(first).anyMatch(line -> line.contains("\"PAUSED\""));
                assertThat(second).anyMatch(line -> line.contains("\"PAUSED\""));
            });
            http.shutdownNow();
        }
    }

    private List<String> watch(HttpClient http, ASale sale) {
        var lines = new CopyOnWriteArrayList<String>();
        var _ = http.sendAsync(request(sale, "/queue/events"), HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> response.body().forEach(lines::add));
        return lines;
    }

    private HttpRequest request(ASale sale, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/sales/" + sale.id() + path))
                .build();
    }
}
