package com.flashsale.platform.mechanism;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that no text, no JSON and no HTTP are: each is the caller's mistake, and leaves no stack trace. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class IllFormedRequestsIT {

    @LocalServerPort
    int port;

    RawHttp http;

    @BeforeEach
    void address() {
        http = new RawHttp(port);
    }

    @Test
    void a_path_query_or_form_that_is_no_utf_8_is_refused(CapturedOutput log) {
        for (var target : List.of(
                "/open/echo/a?text=caf%e9",
                "/open/echo/a?text=%ff%fe",
                "/open/echo/a?x=%e9",
                "/open/echo/a?%e9=1",
                "/open/echo/a?text=%",
                "/open/echo/a?text=%2",
                "/open/echo/a?text=%zz",
                "/open/echo/a?text=%00",
                "/open/echo/a?text=%c0%80",
                "/open/echo/a?text=%ed%a0%80",
                "/open/echo/a?text=%f8%88%80%80%80",
                "/open/echo/%e9",
                "/open/echo/%ff%fe",
                "/open/echo/%00",
                "/open/echo/%zz",
                "/no/such/path?x=%e9",
                "/things?limit=%e9")) {
            assertInvalid(target, http.get(target), "INVALID_REQUEST");
        }
        for (var body : List.of("text=%e9", "text=%zz", "%e9=1", "a=1&".repeat(2_000))) {
            var answer = http.post("/open/form", "application/x-www-form-urlencoded", body);
            assertThat(answer).as(body).startsWith("HTTP/1.1 4").contains("application/problem+json");
        }
        assertNoFault(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS", "GET"})
    void an_ill_formed_form_is_no_fault_of_the_service_with_any_method(String method, CapturedOutput log) {
        for (var target : List.of("/open/form", "/open/kinds", "/open/echo/a", "/things", "/no/such/path")) {
            for (var body : List.of("text=%e9", "text=%zz", "text=%", "%zz=1", "text=%00")) {
                var answer = http.send(method, target, "application/x-www-form-urlencoded", body);
                assertThat(answer)
                        .as("%s %s %s", method, target, body)
                        .matches(Pattern.compile("HTTP/1.1 [24].*", Pattern.DOTALL));
            }
        }
        assertNoFault(log);
    }

    @Test
    void well_formed_text_of_any_script_passes() {
        assertThat(http.get("/open/echo/%e2%82%ac?text=%F0%9F%8E%81+%c3%a9%25"))
                .startsWith("HTTP/1.1 200")
                .endsWith(new String("€🎁 é%".getBytes(UTF_8), ISO_8859_1));
        assertJson("{\"text\":\"\\ud83c\\udf81 \\u20ac\"}", "200", "");
    }

    @Test
    void header_and_request_line_bytes_that_http_does_not_allow_are_refused(CapturedOutput log) {
        for (var header : List.of(
                "Idempotency-Key: a\u0000b",
                "Idempotency-Key: a\u0001b",
                "Idempotency-Key: a\u0085b",
                "Id\u00e9mpotency: a",
                "no colon here",
                "X(y): 1",
                "Content-Length: -1",
                "Content-Length: many",
                "Transfer-Encoding: gzip, , chunked",
                "Accept: \u0085")) {
            var answer = http.get("/open/echo/a", header);
            assertThat(answer)
                    .as(header)
                    .satisfiesAnyOf(
                            it -> assertThat(it).startsWith("HTTP/1.1 400").contains("INVALID_REQUEST"),
                            it -> assertThat(it).startsWith("HTTP/1.1 501").contains("application/problem+json"),
                            it -> assertThat(it)
                                    .as("a header that nothing reads")
                                    .startsWith("HTTP/1.1 200"));
        }
        assertInvalid("path", http.get("/open/\u00e9"), "INVALID_REQUEST");
        assertInvalid("query", http.get("/open/echo/a?\u00e9"), "INVALID_REQUEST");
        assertInvalid("brackets", http.get("/open/echo/a?text=<>"), "INVALID_REQUEST");
        assertNoFault(log);
    }

    @Test
    void json_that_cannot_be_stored_or_says_two_things_is_refused(CapturedOutput log) {
        assertJson("{\"text\":\"a\\u0000b\"}", "400", "INVALID_REQUEST");
        assertJson("{\"texts\":[\"fine\",\"\\ud800\"]}", "400", "INVALID_REQUEST");
        assertJson("{\"text\":\"\\udc00x\"}", "400", "INVALID_REQUEST");
        assertJson("{\"text\":\"\u00ed\u00a0\u0080\"}", "400", "");
        assertJson("{\"named\":{\"a\":\"\\u0000\"}}", "400", "INVALID_REQUEST");
        assertJson("{\"text\":\"\u00e9\"}", "400", "MALFORMED_JSON");
        assertJson("{\"text\":\"\u0000\"}", "400", "MALFORMED_JSON");
        assertJson("{\"count\":1,\"count\":3}", "400", "MALFORMED_JSON");
        assertJson("{\"count\":1,\"c\\u006funt\":3}", "400", "MALFORMED_JSON");
        assertJson("{\"named\":{\"a\":\"1\",\"a\":\"2\"}}", "400", "MALFORMED_JSON");
        assertJson("{\"count\":1}{\"count\":3}", "400", "MALFORMED_JSON");
        assertNoFault(log);
    }

    @Test
    void json_that_is_deep_or_whose_numbers_and_times_are_out_of_range_is_refused(CapturedOutput log) {
        for (var wrong : List.of(
                "{\"named\":" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_001),
                "[".repeat(8_000),
                "{\"text\":" + "[".repeat(8_000),
                "{\"count\":" + "9".repeat(5_000) + "}",
                "{\"count\":9223372036854775808}",
                "{\"count\":1e400}",
                "{\"count\":1.0}",
                "{\"count\":\"1\"}",
                "{\"count\":true}",
                "{\"count\":[1]}",
                "{\"count\":NaN}",
                "{\"at\":1e99999999}",
                "{\"at\":1.5}",
                "{\"at\":99999999999999999999}",
                "{\"at\":9223372036854775807}",
                "{\"at\":\"yesterday\"}",
                "{\"at\":\"+999999999-12-31T23:59:59Z\"}",
                "{\"lasts\":1e99999999}",
                "{\"lasts\":\"PT1E9S\"}",
                "{\"lasts\":\"P99999999999999999999D\"}",
                "{\"count\":3000000000}")) {
            assertRefused(wrong);
        }
        assertNoFault(log);
    }

    @Test
    void json_of_another_type_is_refused(CapturedOutput log) {
        for (var wrong : List.of(
                "{\"id\":\"x\"}",
                "{\"id\":7}",
                "{\"shape\":\"OVAL\"}",
                "{\"shape\":1}",
                "{\"shape\":\"\"}",
                "{\"text\":1}",
                "{\"text\":{}}",
                "{\"text\":true}",
                "{\"texts\":\"a\"}",
                "{\"named\":[]}",
                "[]",
                "null",
                "1",
                "\"text\"")) {
            assertRefused(wrong);
        }
        assertNoFault(log);
    }

    @Test
    void a_content_type_that_is_none_is_refused(CapturedOutput log) {
        for (var type : List.of(
                "application/json;charset=nonsense",
                "application/json;charset=\u00e9",
                "json",
                "/",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "application/x-www-form-urlencoded;charset=nonsense",
                "text/plain")) {
            assertThat(http.post("/open/kinds", type, "{}"))
                    .as(type)
                    .containsPattern("^HTTP/1.1 4(00|15)")
                    .contains("application/problem+json");
        }
        assertNoFault(log);
    }

    private void assertRefused(String json) {
        var answer = http.post("/open/kinds", "application/json", json);
        assertThat(answer).as(shown(json)).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    private void assertJson(String body, String status, String code) {
        var answer = http.post("/open/kinds", "application/json", body);
        assertThat(answer).as(shown(body)).startsWith("HTTP/1.1 " + status).contains(code);
    }

    private static void assertInvalid(String what, String answer, String code) {
        assertThat(answer)
                .as(what)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"code\":\"" + code + "\"")
                .contains("\"traceId\":");
    }

    private static void assertNoFault(CapturedOutput log) {
        assertThat(log).doesNotContain("Request failed", "threw exception", "at com.flashsale.platform.web");
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(60, text.length()));
    }
}
