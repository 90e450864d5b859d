package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** The response to a request. */
record Answer(int status, HttpHeaders headers, byte[] bytes, JsonNode body) {

    Answer is(int expected) {
        assertThat(status).as("status of %s", this).isEqualTo(expected);
        return this;
    }

    /** Asserts a problem document: every error has type, code and trace id. */
    Answer isProblem(int expected, String name) {
        is(expected);
        assertThat(header("content-type")).startsWith("application/problem+json");
        assertThat(text("type")).endsWith("/" + name);
        assertThat(text("code"))
                .isEqualTo(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        assertThat(text("traceId")).hasSize(32);
        if (expected == 429 || expected == 503)
            assertThat(header("retry-after")).isNotEmpty();
        return this;
    }

    String text(String field) {
        return body.path(field).asString("");
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    boolean sameBytesAs(Answer other) {
        return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return status + " " + new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
