package com.flashsale.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.elsewhere.FakeReplica;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The control room of a platform whose processes this machine cannot see. */
class ElsewhereIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PATIENCE_MS = 30_000;
    private static final String LOOPBACK = "127.0.0.1";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ControlRoom> rooms = new ArrayList<>();
    private FakeReplica replica;

    @BeforeEach
    void start() throws IOException {
        replica = new FakeReplica(LOOPBACK, 0);
        replica.metrics(used(2_000_000_000L));
        Files.writeString(directory.resolve("secrets"), "database.audit=a\nredis=b\npayment-key=c\n");
    }

    @AfterEach
    void stop() {
        rooms.forEach(ControlRoom::close);
        replica.close();
        http.close();
    }

    private static String used(long processorNanos) {
        return """
            process_cpu_time_ns_total{application="order-service"} %d
            jvm_memory_committed_bytes{area="heap",id="Eden Space"} 4.0E6
            jvm_memory_committed_bytes{area="nonheap",id="Metaspace"} 1.0E6
            """.formatted(processorNanos);
    }

    private PlatformState described(String... services) {
        var rows = new ArrayList<PlatformState.Service>();
        for (var name : services) {
            var url = "http://localhost:" + replica.port();
            rows.add(new PlatformState.Service(name, name + "-1", "READY", url, url, null, null, 0, 0, null, "", null));
        }
        var engines = List.of(engine("postgresql"), engine("kafka"));
        return new PlatformState("EXTERNAL", "http://localhost:1", null, null, null, null, 0, rows, engines);
    }

    private static PlatformState.Engine engine(String name) {
        return new PlatformState.Engine(name, "READY", "localhost:1", null, null, 0, 0, null, "");
    }

    private ControlRoom room(PlatformState described) throws IOException {
        var context = Context.of(new Home(directory, directory), described);
        var room = ControlRoom.startElsewhere(context, described, InetAddress.ofLiteral(LOOPBACK), 0);
        rooms.add(room);
        return room;
    }

    private HttpResponse<String> send(ControlRoom room, String method, String path)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(room.url() + path))
                .header("X-Control-Room", "1")
                .method(method, HttpRequest.BodyPublishers.noBody());
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String names(JsonNode list) {
        return String.join(
                ",", list.valueStream().map(one -> one.path("name").asString()).toList());
    }

    @Test
    void a_platform_with_simulated_payments_gets_the_faults_that_need_no_signal() throws Exception {
        var room = room(described("order-service", "payment-simulator"));

        assertThat(names(Json.tree(send(room, "GET", "api/faults").body()).path("faults")))
                .isEqualTo("decline-payments,repeat-events");
        var killed = send(room, "POST", "api/faults/kill-order-service");
        assertThat(killed.statusCode()).isEqualTo(404);
        assertThat(killed.body()).contains("The faults are decline-payments, repeat-events.");
    }

    @Test
    void a_shop_with_real_payments_gets_none_and_no_load_test() throws Exception {
        var room = room(described("order-service"));

        assertThat(names(Json.tree(send(room, "GET", "api/faults").body()).path("faults")))
                .isEmpty();
        assertThat(names(Json.tree(send(room, "GET", "api/load").body()).path("stories")))
                .isEmpty();
        for (var path : List.of("api/faults/decline-payments", "api/load/smoke")) {
            var refused = send(room, "POST", path);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body()).contains("for a platform that runs elsewhere");
        }
    }

    @Test
    void the_page_shows_what_a_process_tells_of_itself_and_its_silence() throws Exception {
        var room = room(described("order-service"));
        try (var socket = new Socket(LOOPBACK, URI.create(room.url()).getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            var head = "GET /control/events HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(next(reader, "welcome").path("elsewhere").asBoolean()).isTrue();

            await().atMost(PATIENCE).until(() -> process(reader).path("bytes").asLong() == 5_000_000);
            replica.metrics(used(2_500_000_000L));
            await().atMost(PATIENCE).until(() -> process(reader).path("cores").asDouble() > 0);
            assertThat(process(reader).path("state").asString()).isEqualTo("READY");

            replica.close();
            await().atMost(PATIENCE)
                    .until(() -> process(reader).path("state").asString().equals("SILENT"));
            await().atMost(PATIENCE).until(() -> !process(reader).path("bytes").isNumber());
        }
    }

    private static JsonNode process(BufferedReader reader) throws IOException {
        return next(reader, "second")
                .path("sample")
                .path("processes")
                .valueStream()
                .filter(one -> one.path("id").asString().equals("order-service-1"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode next(BufferedReader reader, String event) throws IOException {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals("event: " + event))
                return Json.tree(reader.readLine().substring("data: ".length()));
        }
        throw new IOException("the stream has ended");
    }

    @Test
    void an_unknown_engine_is_a_mistake_of_the_description() {
        var described = described("order-service");
        var wrong = new PlatformState(
                "EXTERNAL",
                described.gateway(),
                null,
                null,
                null,
                null,
                0,
                described.services(),
                List.of(engine("postgresql"), engine("kafka"), engine("oracle")));

        assertThatThrownBy(() -> room(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown engine: oracle");
    }
}
