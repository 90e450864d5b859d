package com.flashsale.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class CachingJwtDecoderTest {

    static final long BYTES = 200_000;

    private static final int AT_ONCE = 16;
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final AtomicInteger verifications = new AtomicInteger();

    @Test
    void a_token_that_comes_many_times_at_once_is_verified_once() throws Exception {
        var all = new CountDownLatch(AT_ONCE);
        var decoder = caching(token -> {
            awaitAll(all);
            return jwt(token, NOW.plusSeconds(60));
        });

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Stream.<Callable<Jwt>>generate(() -> () -> {
                        all.countDown();
                        return decoder.decode("token");
                    })
                    .limit(AT_ONCE)
                    .toList());
            for (var answer : answers) assertThat(answer.get().getTokenValue()).isEqualTo("token");
        }

        assertThat(verifications).hasValue(1);
    }

    @Test
    void a_token_that_has_ended_is_verified_again() {
        var decoder = caching(token -> jwt(token, NOW));

        decoder.decode("token");
        decoder.decode("token");

        assertThat(verifications).hasValue(2);
    }

    @Test
    void a_refused_token_is_not_remembered() {
        var decoder = caching(token -> {
            throw new BadJwtException("bad signature");
        });

        assertThatThrownBy(() -> decoder.decode("token")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode("token")).isInstanceOf(BadJwtException.class);

        assertThat(verifications).hasValue(2);
    }

    @Test
    void large_tokens_are_remembered_within_the_same_memory() {
        var decoder = caching(token -> jwt(token, NOW.plusSeconds(60)));
        for (int token = 0; token < 100; token++) decoder.decode(token + "x".repeat(16_000));
        decoder.cleanUp();
        assertThat(decoder.bytes()).isBetween(1L, BYTES);
    }

    @Test
    void a_stamped_token_is_not_verified_again() {
        var decoder = caching(token -> {
            throw new BadJwtException("not to be asked");
        });

        decoder.trust("token");

        assertThat(decoder.decode("token").getTokenValue()).isEqualTo("token");
        assertThat(verifications).hasValue(0);
    }

    private CachingJwtDecoder caching(JwtDecoder decoder) {
        return new CachingJwtDecoder(
                token -> {
                    verifications.incrementAndGet();
                    return decoder.decode(token);
                },
                token -> jwt(token, NOW.plusSeconds(60)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                BYTES);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Jwt jwt(String token, Instant end) {
        return Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .subject("ada")
                .issuedAt(NOW.minusSeconds(60))
                .expiresAt(end)
                .build();
    }
}
