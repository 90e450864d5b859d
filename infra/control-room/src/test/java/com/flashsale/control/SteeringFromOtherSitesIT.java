package com.flashsale.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that a page of another site can make a browser send. The control room asks for no password, so none of them
 * may have an effect or read a figure. The fault that they name exists, and its target is not ready, so one that passes
 * is a 409.
 */
class SteeringFromOtherSitesIT {

    private static final String FAULT = "/control/api/faults/freeze-redis";

    @TempDir
    static Path directory;

    private static RunningRoom room;

    @BeforeAll
    static void start() throws IOException {
        room = new RunningRoom(directory);
    }

    @AfterAll
    static void stop() {
        room.close();
    }

    @Test
    void the_page_itself_may_steer() throws Exception {
        assertThat(room.post(FAULT, "{}").statusCode()).isEqualTo(409);

        var own = room.request(FAULT)
                .header("X-Control-Room", "1")
                .header("Origin", "http://localhost:" + room.port())
                .POST(BodyPublishers.noBody());
        assertThat(room.send(own).statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://localhost:8080", "http://localhost", "null", "http://127.0.0.1:1"
            })
    void another_origin_may_not_steer(String origin) throws Exception {
        var foreign = room.request(FAULT)
                .header("X-Control-Room", "1")
                .header("Origin", origin)
                .POST(BodyPublishers.noBody());

        var answer = room.send(foreign);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("https://flash-sale.example/problems/forbidden");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void another_origin_may_not_read() throws Exception {
        for (var path : new String[] {"/control/", "/control/events", "/control/api/faults"}) {
            var foreign = room.request(path).header("Origin", "https://evil.example");
            assertThat(room.send(foreign).statusCode()).as(path).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void a_form_may_not_steer(String type) throws Exception {
        var form = room.request(FAULT).header("Content-Type", type).POST(BodyPublishers.ofString("seconds=60"));

        assertThat(room.send(form).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void a_request_that_the_browser_marks_as_foreign_may_not_steer(String site) throws Exception {
        var foreign = room.request(FAULT)
                .header("X-Control-Room", "1")
                .header("Sec-Fetch-Site", site)
                .POST(BodyPublishers.noBody());

        assertThat(room.send(foreign).statusCode()).isEqualTo(403);
    }

    @Test
    void no_other_origin_is_allowed_to_send_the_header() throws Exception {
        var preflight = room.request(FAULT)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-control-room")
                .method("OPTIONS", BodyPublishers.noBody());

        var answer = room.send(preflight);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @CsvSource({"GET,/control/", "GET,/control/events", "POST,/control/api/faults/freeze-redis"})
    void a_name_that_was_rebound_to_loopback_gets_nothing(String method, String path) throws IOException {
        for (var host : new String[] {"evil.example:" + room.port(), "localhost", "localhost:1", "127.0.0.1"}) {
            var request = "%s %s HTTP/1.1\r\nHost: %s\r\nX-Control-Room: 1\r\nContent-Length: 0\r\n\r\n";
            assertThat(room.raw(request.formatted(method, path, host))).as(host).contains(" 421");
        }
    }

    @Test
    void two_hosts_are_refused() throws IOException {
        var hosts = "Host: localhost:" + room.port() + "\r\nHost: evil.example\r\n";

        assertThat(room.raw("GET /control/ HTTP/1.1\r\n" + hosts + "\r\n")).contains(" 400");
    }
}
