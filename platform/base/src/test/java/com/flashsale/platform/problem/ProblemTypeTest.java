package com.flashsale.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {

    static final ProblemType CROWD_FULL = new ProblemType("crowd-full", 409, "Too many people for the units.");

    @Test
    void the_code_and_the_address_follow_from_the_name() {
        assertThat(CROWD_FULL.code()).isEqualTo("CROWD_FULL");
        assertThat(CROWD_FULL.uri()).hasToString("https://flash-sale.example/problems/crowd-full");
    }

    @Test
    void a_name_that_programs_could_not_rely_on_is_refused() {
        assertThatThrownBy(() -> new ProblemType("Crowd full", 409, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProblemType("crowd-full", 200, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void extension_members_stand_beside_the_standard_ones() {
        var body = ProblemBody.of(new ProblemException(CROWD_FULL, "Try the waitlist.").with("waitlist", "/w"), "abc");
        assertThat(body)
                .containsEntry("status", 409)
                .containsEntry("code", "CROWD_FULL")
                .containsEntry("traceId", "abc")
                .containsEntry("waitlist", "/w");
    }

    @Test
    void every_429_and_503_says_when_to_come_back() {
        assertThat(ProblemBody.retryAfterSeconds(ProblemTypes.OVERLOADED, null)).isEqualTo(1);
        assertThat(ProblemBody.retryAfterSeconds(ProblemTypes.TOO_MANY_REQUESTS, Duration.ofMillis(1500)))
                .isEqualTo(2);
        assertThat(ProblemBody.retryAfterSeconds(CROWD_FULL, null)).isNull();
    }

    /** The first request with this key still runs: its answer will be there in a moment. */
    @Test
    void a_key_that_is_in_use_says_when_to_come_back() {
        assertThat(ProblemBody.retryAfterSeconds(ProblemTypes.IDEMPOTENCY_KEY_IN_USE, null))
                .isEqualTo(1);
    }
}
