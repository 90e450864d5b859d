package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.Race;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Problems, trace ids, size limits and idempotent requests as they look on the wire. */
@ServiceTest
class WebIT {

    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    final String bearer = "Bearer " + TestTokens.shopper(UUID.randomUUID());

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    Http http;

    @BeforeEach
    void address() {
        http = new Http(port);
    }

    @Test
    void a_fault_shows_a_trace_id_and_nothing_else() {
        var answer = http.get("/open/fault", Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        assertProblem(answer, 500, "INTERNAL_ERROR");
        assertThat(answer.body()).contains(TRACE).doesNotContain("secret of the house");
    }

    @Test
    void a_body_is_checked_before_it_takes_effect() {
        assertProblem(post("k1", "{\"name\":"), 400, "MALFORMED_JSON");
        assertProblem(post("k2", "{\"name\":\"a\",\"count\":1,\"owner\":\"eve\"}"), 400, "MALFORMED_JSON");
        assertProblem(post("k3", "{\"name\":\"a\",\"count\":\"1\"}"), 400, "MALFORMED_JSON");
        assertProblem(post("k4", "{\"name\":\"a\",\"count\":1.5}"), 400, "MALFORMED_JSON");
        assertProblem(post("k5", "{\"name\":\"\",\"count\":0}"), 400, "INVALID_REQUEST");
        assertProblem(post("k6", ""), 400, "MALFORMED_JSON");
        var text = Map.of("authorization", bearer, "content-type", "text/plain", "Idempotency-Key", "k7");
        assertProblem(http.post("/things", text, "hello"), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertProblem(http.get("/things", Map.of("authorization", bearer)), 405, "METHOD_NOT_ALLOWED");
    }

    /** The JDK's HttpClient keeps an idle connection for 30 s; the side that sends must be the first to close it. */
    @Test
    void an_idle_connection_is_kept_longer_than_a_client_keeps_it(
            @Value("${server.tomcat.keep-alive-timeout}") Duration kept) {
        assertThat(kept).isGreaterThanOrEqualTo(Duration.ofSeconds(2 * 30));
    }

    @Test
    void a_body_over_the_limit_is_refused_with_and_without_a_declared_length() {
        var large = "{\"name\":\"" + "x".repeat(20_000) + "\",\"count\":1}";
        assertProblem(post("l1", large), 413, "PAYLOAD_TOO_LARGE");
        var headers = Map.of("authorization", bearer, "content-type", "application/json", "Idempotency-Key", "l2");
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes()));
        assertProblem(http.send("/things", headers, "POST", chunked), 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void twenty_twins_make_one_thing_and_get_the_same_bytes() {
        var name = UUID.randomUUID().toString();
        var answers = Race.allAtOnce(20, () -> post("twin", "{\"name\":\"" + name + "\",\"count\":1}"));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.headers()
                                .firstValue("Idempotency-Replayed")
                                .isEmpty()))
                .hasSize(1);
        assertThat(things(name)).isEqualTo(1);

        assertProblem(post("twin", "{\"name\":\"" + name + "\",\"count\":2}"), 422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(things(name)).isEqualTo(1);
    }

    @Test
    void another_customers_key_is_another_key() {
        var first = post("shared", "{\"name\":\"mine\",\"count\":1}");
        var other = Map.of(
                "authorization", "Bearer " + TestTokens.shopper(UUID.randomUUID()),
                "content-type", "application/json",
                "Idempotency-Key", "shared");
        var second = http.post("/things", other, "{\"name\":\"theirs\",\"count\":1}");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        assertProblem(post("again", "{\"name\":\"taken\",\"count\":1}"), 409, "NAME_TAKEN");
        assertThat(post("again", "{\"name\":\"free\",\"count\":1}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_request_that_creates_needs_a_key() {
        var headers = Map.of("authorization", bearer, "content-type", "application/json");
        assertProblem(http.post("/things", headers, "{\"name\":\"a\",\"count\":1}"), 400, "IDEMPOTENCY_KEY_MISSING");
        assertProblem(post("x".repeat(256), "{\"name\":\"a\",\"count\":1}"), 400, "IDEMPOTENCY_KEY_INVALID");
    }

    private HttpResponse<String> post(String key, String body) {
        return http.post(
                "/things",
                Map.of("authorization", bearer, "content-type", "application/json", "Idempotency-Key", key),
                body);
    }

    private void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        var problem = json.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("type").asString())
                .endsWith(code.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(problem.path("traceId").asString()).hasSize(32);
    }

    private long things(String name) {
        return jdbc.sql("select count(*) from thing where name = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }
}
