package com.flashsale.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.platform.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyRequestTest {

    @Test
    void the_fingerprint_tells_method_path_and_body_apart() {
        var first = fingerprint("POST", "/orders", "{}");
        assertThat(fingerprint("POST", "/orders", "{}")).isEqualTo(first);
        assertThat(fingerprint("PUT", "/orders", "{}")).isNotEqualTo(first);
        assertThat(fingerprint("POST", "/order", "{}")).isNotEqualTo(first);
        assertThat(fingerprint("POST", "/orders", "{ }")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a key", "käy", "tab\tkey"})
    void a_key_that_could_not_stand_in_a_header_is_refused(String key) {
        assertThatThrownBy(() -> IdempotencyKeys.require(key))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type().code()).isEqualTo("IDEMPOTENCY_KEY_INVALID"));
    }

    @Test
    void a_missing_key_has_its_own_problem_and_a_long_one_is_refused() {
        assertThatThrownBy(() -> IdempotencyKeys.require(null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type().code()).isEqualTo("IDEMPOTENCY_KEY_MISSING"));
        assertThatThrownBy(() -> IdempotencyKeys.require("x".repeat(256))).isInstanceOf(ProblemException.class);
        assertThat(IdempotencyKeys.require("x".repeat(255))).hasSize(255);
    }

    private static String fingerprint(String method, String path, String body) {
        return IdempotencyRequest.of("customer", "key", method, path, body.getBytes())
                .fingerprint();
    }
}
