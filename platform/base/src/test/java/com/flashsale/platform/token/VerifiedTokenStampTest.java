package com.flashsale.platform.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedTokenStampTest {

    private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
    private static final String OLD = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW =
            "k2:" + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());
    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

    private final VerifiedTokenStamp stamps = at(OLD, NOW);

    private static VerifiedTokenStamp at(String keys, Instant time) {
        return new VerifiedTokenStamp(keys, InstantSource.fixed(time));
    }

    @Test
    void proves_the_token_that_was_checked_and_no_other() {
        var stamp = stamps.of(TOKEN);

        assertThat(stamps.isValid(stamp, TOKEN)).isTrue();
        assertThat(stamps.isValid(stamp, TOKEN + "x")).isFalse();
        assertThat(stamps.isValid(stamp, TOKEN.substring(1))).isFalse();
    }

    @Test
    void counts_for_half_a_minute_whichever_clock_is_ahead() {
        var stamp = stamps.of(TOKEN);

        assertThat(at(OLD, NOW.plusSeconds(30)).isValid(stamp, TOKEN)).isTrue();
        assertThat(at(OLD, NOW.minusSeconds(30)).isValid(stamp, TOKEN)).isTrue();
        assertThat(at(OLD, NOW.plusSeconds(31)).isValid(stamp, TOKEN)).isFalse();
        assertThat(at(OLD, NOW.minusSeconds(31)).isValid(stamp, TOKEN)).isFalse();
    }

    @Test
    void its_time_cannot_be_changed() {
        var later =
                stamps.of(TOKEN).replace(Long.toString(NOW.getEpochSecond()), Long.toString(NOW.getEpochSecond() + 60));

        assertThat(at(OLD, NOW.plusSeconds(60)).isValid(later, TOKEN)).isFalse();
    }

    @Test
    void keys_are_rotated_by_adding_the_new_one_first_behind_and_then_in_front() {
        assertThat(at(OLD + "," + NEW, NOW).isValid(at(NEW, NOW).of(TOKEN), TOKEN))
                .isTrue();
        assertThat(at(NEW + "," + OLD, NOW).of(TOKEN)).startsWith("k2.");
        assertThat(at(NEW, NOW).isValid(stamps.of(TOKEN), TOKEN))
                .as("its key is gone")
                .isFalse();
    }

    @Test
    void another_key_under_the_same_name_proves_nothing() {
        var forged = at(NEW.replace("k2:", "k1:"), NOW).of(TOKEN);

        assertThat(stamps.isValid(forged, TOKEN)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "k1",
                "k1.x.y",
                "k1.1.",
                "k1.99999999999999999999.y",
                "k1.9223372036854775807.y",
                "k9.1.y.z"
            })
    void an_invalid_proof_proves_nothing(String nothing) {
        assertThat(stamps.isValid(nothing, TOKEN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k1", "k1:c2hvcnQ="})
    void keys_that_are_none_are_refused_at_the_start(String keys) {
        assertThatIllegalArgumentException().isThrownBy(() -> at(keys, NOW));
    }
}
