package com.flashsale.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.account.EmailAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInAttemptsTest {

    static final EmailAddress ADA = new EmailAddress("ada@example.com");
    final Clock noon = Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);
    final SignInAttempts attempts =
            new SignInAttempts(new SignInSettings(5, 20, Duration.ofMinutes(1), 1_000, 10), noon);

    @Test
    void guessing_one_account_from_many_addresses_is_slowed_down() {
        IntStream.range(0, 5).forEach(n -> attempts.begin(ADA, "192.0.2." + n));

        assertThat(attempts.begin(new EmailAddress("ADA@example.com"), "198.51.100.1"))
                .isPositive();
    }

    @Test
    void trying_many_accounts_from_one_address_is_slowed_down() {
        failTwenty("192.0.2.1");

        assertThat(attempts.begin(ADA, "192.0.2.1")).isPositive();
        assertThat(attempts.begin(ADA, "192.0.2.2")).isZero();
    }

    @Test
    void all_addresses_of_one_ipv6_network_are_one_caller() {
        IntStream.rangeClosed(1, 20).forEach(n -> attempts.failed("2001:db8:0:1::" + n));

        assertThat(attempts.begin(ADA, "2001:db8:0:1:ffff::1")).isPositive();
        assertThat(attempts.begin(ADA, "2001:db8:0:2::1")).isZero();
    }

    @Test
    void a_crowd_behind_one_address_may_sign_in_at_the_same_time() {
        for (int person = 0; person < 1_000; person++) {
            assertThat(attempts.begin(new EmailAddress(person + "@example.com"), "192.0.2.1"))
                    .isZero();
        }
    }

    @Test
    void an_attempt_that_nobody_looked_at_is_not_counted() {
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThat(attempts.begin(ADA, "192.0.2.1")).isZero();
            attempts.takeBack(ADA);
        }
    }

    @Test
    void who_signs_in_starts_afresh() {
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThat(attempts.begin(ADA, "192.0.2.1")).isZero();
            attempts.succeeded(ADA);
        }
    }

    @Test
    void a_good_account_does_not_hide_guesses_at_others() {
        failTwenty("192.0.2.1");
        attempts.succeeded(ADA);

        assertThat(attempts.begin(ADA, "192.0.2.1")).isPositive();
    }

    private void failTwenty(String from) {
        for (int guess = 0; guess < 20; guess++) {
            assertThat(attempts.begin(new EmailAddress(guess + "@example.com"), from))
                    .isZero();
            attempts.failed(from);
        }
    }
}
