package com.flashsale.auth.keys;

import static com.flashsale.auth.keys.KeyRing.State.ACTIVE;
import static com.flashsale.auth.keys.KeyRing.State.NEXT;
import static com.flashsale.auth.keys.KeyRing.State.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);

    final SigningKey old = key("old", NOON.minus(Duration.ofDays(30)));
    final SigningKey current = key("current", NOON);
    final KeyRing ring = new KeyRing(List.of(current, old), HOUR);

    @Test
    void a_key_signs_from_its_moment_on() {
        assertThat(ring.active(NOON.minusMillis(1))).isEqualTo(old);
        assertThat(ring.active(NOON)).isEqualTo(current);
    }

    @Test
    void a_key_is_published_before_it_signs() {
        assertThat(ring.published(NOON.minusSeconds(60)))
                .extracting(KeyRing.Entry::state)
                .containsExactly(ACTIVE, NEXT);
    }

    @Test
    void a_key_stays_published_as_long_as_its_last_token_lives_and_not_longer() {
        var end = NOON.plus(HOUR);
        assertThat(ring.published(end.minusMillis(1)))
                .extracting(KeyRing.Entry::state)
                .containsExactly(RETIRED, ACTIVE);
        assertThat(ring.published(end)).extracting(KeyRing.Entry::key).containsExactly(current);
    }

    @Test
    void nothing_is_signed_without_a_key() {
        var early = new KeyRing(List.of(current), HOUR);

        assertThatThrownBy(() -> early.active(NOON.minusMillis(1))).isInstanceOf(IllegalStateException.class);
    }

    private static SigningKey key(String kid, Instant signsFrom) {
        try {
            return new SigningKey(new ECKeyGenerator(Curve.P_256).keyID(kid).generate(), signsFrom);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
