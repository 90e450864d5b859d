package com.flashsale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.Json;
import com.flashsale.control.RunningRoom.Stream;
import com.flashsale.control.live.Streams;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The control room over HTTP, while no engine and no service runs. */
class ControlRoomIT {

    private static final String FAULTS = "/control/api/faults/";

    @TempDir
    Path directory;

    private RunningRoom room;

    @BeforeEach
    void start() throws IOException {
        room = new RunningRoom(directory);
    }

    @AfterEach
    void stop() {
        room.close();
    }

    @Test
    void a_browser_gets_the_past_and_then_a_sample_that_says_which_figures_are_missing() throws Exception {
        try (var stream = room.stream()) {
            var welcome = Json.tree(stream.next("welcome"));
            assertThat(welcome.path("history").isArray()).isTrue();
            assertThat(welcome.path("faults").toString()).contains("freeze-redis", "kill-order-service");

            var second = Json.tree(stream.next("second"));
            assertThat(second.path("sample").path("missing").toString()).contains("PostgreSQL", "Redis");
            assertThat(second.path("sample").path("sales").isNull()).isTrue();
            assertThat(second.path("light").path("colour").asString()).isEqualTo("DARK");
            assertThat(second.path("light").path("lamps").toString()).contains("\"I1\"");
        }
    }

    @Test
    void a_browser_that_comes_later_gets_the_points_before() throws Exception {
        try (var first = room.stream()) {
            first.next("second");
            try (var later = room.stream()) {
                assertThat(Json.tree(later.next("welcome")).path("history")).isNotEmpty();
            }
        }
    }

    @Test
    void streams_have_a_limit_and_a_closed_one_makes_room() throws Exception {
        var streams = new ArrayList<Stream>();
        try {
            for (int i = 0; i < Streams.MOST; i++) {
                var stream = room.stream();
                assertThat(stream.status()).contains(" 200 ");
                stream.next("welcome");
                streams.add(stream);
            }
            try (var refused = room.stream()) {
                assertThat(refused.status()).contains(" 503 ");
            }
            streams.removeLast().close();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (var next = room.stream()) {
                    assertThat(next.status()).contains(" 200 ");
                }
            });
        } finally {
            for (var stream : streams) stream.close();
        }
    }

    @Test
    void an_unknown_fault_is_refused_with_the_names_of_all() throws Exception {
        var answer = room.post(FAULTS + "set-on-fire", "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("freeze-redis", "slow-postgresql", "problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"seconds\":0}", "{\"seconds\":61}", "{\"seconds\":1.5}", "{\"seconds\":\"9\"}", "[]", "{", "7"
            })
    void a_time_that_is_not_1_to_60_seconds_is_refused(String body) throws Exception {
        assertThat(room.post(FAULTS + "freeze-redis", body).statusCode()).isEqualTo(400);
    }

    @Test
    void a_fault_on_a_process_that_does_not_run_is_refused() throws Exception {
        var answer = room.post(FAULTS + "freeze-redis", "{\"seconds\":5}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("redis is not ready");
    }

    @Test
    void a_long_body_is_refused() throws Exception {
        assertThat(room.post(FAULTS + "freeze-redis", " ".repeat(5_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void an_unknown_load_test_is_refused_with_the_names_of_all() throws Exception {
        var answer = room.post("/control/api/load/armageddon", "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("steady", "bots");
        assertThat(Json.tree(room.get("/control/api/load").body()).path("stories"))
                .hasSizeGreaterThan(5);
    }

    @Test
    void a_load_test_that_is_not_built_is_refused_with_the_command_that_builds_it() throws Exception {
        var answer = room.post("/control/api/load/steady", "{}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("mvn -pl load-tests");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "switches/admission | {} | 400",
                "switches/admission | {\"on\":\"false\"} | 400",
                "switches/admission | {\"on\":false} | 502",
                "switches/load-tests | {\"on\":false} | 502",
                "switches/Admission%20x | {\"on\":false} | 404",
                "sales/no-id/admission-pace | {\"admissionsPerSecond\":5} | 400",
                "sales/00000000-0000-7000-8000-000000000001/admission-pace | {\"admissionsPerSecond\":5.5} | 400",
                "sales/00000000-0000-7000-8000-000000000001/admission-pace | {\"admissionsPerSecond\":5} | 502"
            })
    void a_setting_needs_its_value_and_a_platform(String path, String body, int status) throws Exception {
        var request = room.request("/control/api/" + path)
                .header("X-Control-Room", "1")
                .PUT(BodyPublishers.ofString(body));

        var answer = room.send(request);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.tree(answer.body()).path("detail").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "/control/api/sales/not-an-id/pause,400",
        "/control/api/sales/00000000-0000-7000-8000-000000000001/delete,404",
        "/control/api/sales/00000000-0000-7000-8000-000000000001/pause,502",
        "/control/api/sales/00000000-0000-7000-8000-000000000001/admission-pace,405",
        "/control/api/switches/admission,405",
        "/control/api/load,405",
        "/control/api/nothing,404",
        "/control/events,405",
        "/control/,405"
    })
    void a_request_that_cannot_be_done_says_why(String path, int status) throws Exception {
        var answer = room.post(path, "{}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.tree(answer.body()).path("detail").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/control/assets/../../secrets", "/control/%2e%2e/secrets", "/control/assets/"})
    void a_path_without_a_file_is_not_found(String path) throws Exception {
        assertThat(room.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_allows_its_own_files_only() throws Exception {
        var page = room.get("/control/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=", "onclick", "<script>");
    }

    @Test
    void each_file_of_the_page_is_there_and_is_sent_once() throws Exception {
        for (var file : new String[] {"", "assets/control.js", "assets/control.css", "assets/vendor/uplot.js"}) {
            var answer = room.get("/control/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            var again = room.request("/control/" + file)
                    .header("If-None-Match", answer.headers().firstValue("ETag").orElseThrow());
            assertThat(room.send(again).statusCode()).as(file).isEqualTo(304);
            var head = room.request("/control/" + file).method("HEAD", BodyPublishers.noBody());
            assertThat(room.send(head).body()).as(file).isEmpty();
        }
    }

    @Test
    void the_root_leads_to_the_page() throws Exception {
        var answer = room.get("/");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).contains("/control/");
    }
}
