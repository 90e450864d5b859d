package com.flashsale.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command {@code control-room}, told of a platform by its description alone, as beside containers. */
class ControlRoomElsewhereIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PATIENCE_MS = 60_000;
    private static final int MANAGEMENT = 100;
    private static final Map<String, Integer> SERVICES = Map.of(
            "gateway", 0,
            "auth-service", 2,
            "catalog-service", 3,
            "inventory-service", 4,
            "order-service", 5,
            "waitlist-service", 6,
            "payment-simulator", 7);

    @TempDir
    Path directory;

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private Process room;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        Files.copy(platform.command().run().resolve("secrets"), directory.resolve("secrets"));
        Files.writeString(directory.resolve("state.json"), description());
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var output = directory.resolve("control-room.out");
        room = new FlashsaleCommand(directory).start(output, "control-room", "--port", Integer.toString(port));
        await().atMost(PATIENCE).until(() -> {
            assertThat(room.isAlive()).as(Files.readString(output)).isTrue();
            return Files.readString(output).contains("http://localhost:" + port + "/control/");
        });
    }

    @AfterEach
    void close() throws InterruptedException {
        http.close();
        room.destroy();
        assertThat(room.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private String description() {
        var rows = new ArrayList<String>();
        SERVICES.forEach((name, index) -> rows.add(row(name, platform.port() + index)));
        rows.add(row("order-service", platform.port() + 15));
        var engines = "{\"name\": \"%s\", \"state\": \"READY\", \"url\": \"127.0.0.1:%d\", \"rssBytes\": 0,"
                + " \"restarts\": 0, \"note\": \"\"}";
        return "{\"state\": \"EXTERNAL\", \"gateway\": \"http://localhost:%d\", \"rssBytes\": 0,"
                        .formatted(platform.port())
                + "\"services\": [" + String.join(",", rows) + "], \"engines\": ["
                + String.join(
                        ",",
                        engines.formatted("postgresql", platform.port() + 50),
                        engines.formatted("redis", platform.port() + 51),
                        engines.formatted("kafka", platform.port() + 52))
                + "]}";
    }

    private static String row(String name, int port) {
        return ("{\"name\": \"%s\", \"id\": \"%s-1\", \"state\": \"READY\", \"url\": \"http://localhost:%d\","
                        + " \"managementUrl\": \"http://localhost:%d\", \"rssBytes\": 0,"
                        + " \"restarts\": 0, \"note\": \"\"}")
                .formatted(name, name, port, port + MANAGEMENT);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var address = URI.create("http://localhost:" + port + "/control/" + path);
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("X-Control-Room", "1")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void it_shows_steers_and_explains_a_sale() throws Exception {
        var sale = shop.openSale(5);
        var ada = shop.shopper();
        var order = shop.reservedOrder(ada, sale);
        try (var stream = new Stream(port)) {
            await().atMost(PATIENCE).until(() -> isWhole(stream.second()));
            var sample = stream.second().path("sample");
            assertThat(row(sample.path("sales"), sale).path("reserved").asInt()).isEqualTo(1);

            assertThat(send("POST", "api/sales/" + sale + "/pause", "").statusCode())
                    .isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> row(stream.second().path("sample").path("sales"), sale)
                            .path("state")
                            .asString()
                            .equals("PAUSED"));
            assertThat(send("POST", "api/sales/" + sale + "/resume", "").statusCode())
                    .isEqualTo(200);
        }
        var page = send("GET", "explain?id=" + order, "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(order);
    }

    /** Every process is ready and tells its use, and the light is green. */
    private static boolean isWhole(JsonNode second) {
        var sample = second.path("sample");
        var services = sample.path("processes")
                .valueStream()
                .filter(one -> one.path("kind").asString().equals("service"))
                .toList();
        var ids = services.stream().map(one -> one.path("id").asString()).collect(Collectors.toSet());
        return sample.path("platform").asString().equals("READY")
                && ids.size() == SERVICES.size() + 1
                && ids.containsAll(List.of("order-service-1", "order-service-2", "gateway-1"))
                && services.stream()
                        .allMatch(one -> one.path("bytes").asLong() > 1 << 20
                                && one.path("cores").isNumber())
                && sample.path("redis").path("usedBytes").asLong() > 0
                && second.path("light").path("colour").asString().equals("GREEN");
    }

    private static JsonNode row(JsonNode list, String id) {
        return list.valueStream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void declined_payments_heal_and_processes_cannot_be_killed() throws Exception {
        assertThat(send("POST", "api/faults/kill-order-service", "{}").statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "api/load/smoke", "").statusCode()).isEqualTo(404);
        var begun = send("POST", "api/faults/decline-payments", "{\"seconds\": 60}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);

        var sale = shop.openSale(5);
        var ada = shop.shopper();
        var order = shop.reservedOrder(ada, sale);
        shop.pay(ada, order, "test-approve").is(202);
        var declined = shop.awaitOrder(
                ada,
                order,
                body -> body.path("payment").path("state").asString("").equals("DECLINED"));
        assertThat(declined.path("state").asString()).isEqualTo("RESERVED");

        assertThat(send("DELETE", "api/faults", "").statusCode()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> Api.JSON
                        .readTree(send("GET", "api/faults", "").body())
                        .path("active")
                        .isEmpty());
    }

    /** The messages of the page, read as they come. */
    private static final class Stream implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader reader;

        /** In version 1.0 of HTTP the messages come as they are, not in chunks. */
        Stream(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MS);
            var head = "GET /control/events HTTP/1.0\r\nHost: localhost:" + port + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        JsonNode second() throws IOException {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals("event: second")) {
                    return Api.JSON.readTree(reader.readLine().substring("data: ".length()));
                }
            }
            throw new IOException("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
