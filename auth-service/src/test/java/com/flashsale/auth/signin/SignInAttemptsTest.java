package com.flashsale.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.account.EmailAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInAttemptsTest {

    static final String ADA = "ada@example.com";
    static final int REMEMBERED = 20_000;

    final Clock noon = Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);
    final SignInAttempts attempts =
            new SignInAttempts(new SignInSettings(5, 20, 40, Duration.ofMinutes(1), REMEMBERED, 10), noon);

    @Test
    void guessing_one_account_is_slowed_down_where_the_guesses_come_from_and_nowhere_else() {
        for (int guess = 0; guess < 5; guess++)
            assertThat(wrong(ADA, "192.0.2.1")).isZero();

        assertThat(begin("ADA@example.com", "192.0.2.1")).isPositive();
        assertThat(begin(ADA, "198.51.100.1")).isZero();
    }

    @Test
    void guesses_from_everywhere_lock_no_person_out_and_leave_each_network_one_attempt() {
        for (int stranger = 0; stranger < 60; stranger++) wrong(ADA, "192.0.2." + stranger);

        assertThat(wrong(ADA, "198.51.100.1")).isZero();
        assertThat(wrong(ADA, "198.51.100.1")).isPositive();
        assertThat(wrong("bob@example.com", "198.51.100.2")).isZero();
        assertThat(wrong("bob@example.com", "198.51.100.2")).isZero();
    }

    @Test
    void a_device_on_which_the_person_has_signed_in_waits_for_its_own_mistakes_only() {
        failTwenty("192.0.2.1");
        for (int guess = 0; guess < 10; guess++) wrong(ADA, "192.0.2.1");

        for (int guess = 0; guess < 5; guess++) {
            assertThat(attempts.begin(attempt(ADA, "192.0.2.1", "her-phone"))).isZero();
        }
        assertThat(attempts.begin(attempt(ADA, "192.0.2.1", "her-phone"))).isPositive();
        assertThat(attempts.begin(attempt(ADA, "192.0.2.1", "her-laptop"))).isZero();
    }

    @Test
    void trying_many_accounts_from_one_address_is_slowed_down() {
        failTwenty("192.0.2.1");

        assertThat(begin(ADA, "192.0.2.1")).isPositive();
        assertThat(begin(ADA, "192.0.2.2")).isZero();
    }

    @Test
    void an_attempt_during_a_wait_counts_against_the_network_that_makes_it() {
        for (int guess = 0; guess < 25; guess++) wrong(ADA, "192.0.2.1");

        assertThat(begin("bob@example.com", "192.0.2.1")).isPositive();
    }

    @Test
    void all_addresses_of_one_ipv6_network_are_one_caller() {
        for (int n = 1; n <= 20; n++) wrong(n + "@example.com", "2001:db8:0:1::" + n);

        assertThat(begin(ADA, "2001:db8:0:1:ffff::1")).isPositive();
        assertThat(begin(ADA, "2001:db8:0:2::1")).isZero();
    }

    @Test
    void the_65536_networks_of_one_ipv6_site_do_not_have_free_attempts_each() {
        for (int n = 1; n <= 200; n++) wrong(n + "@example.com", "2001:db8:7:%x::1".formatted(n));

        assertThat(begin(ADA, "2001:db8:7:ffff::1")).isPositive();
        assertThat(begin(ADA, "2001:db8:8:1::1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "::::", "fe80::1%nowhere", "1:2:3", "\u0000:", "[::1]:443"})
    void an_address_that_is_none_is_a_network_of_its_own(String address) {
        assertThat(begin(ADA, address)).isZero();
    }

    @Test
    void a_crowd_behind_one_address_may_sign_in_at_the_same_time() {
        for (int person = 0; person < 1_000; person++) {
            assertThat(begin(person + "@example.com", "192.0.2.1")).isZero();
        }
    }

    @Test
    void an_attempt_without_a_password_check_is_not_counted() {
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThat(begin(ADA, "192.0.2.1")).isZero();
            attempts.takeBack(attempt(ADA, "192.0.2.1", null));
        }
    }

    @Test
    void a_person_who_signs_in_starts_afresh() {
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThat(begin(ADA, "192.0.2.1")).isZero();
            attempts.succeeded(attempt(ADA, "192.0.2.1", null));
        }
    }

    @Test
    void a_good_account_does_not_hide_guesses_at_others() {
        failTwenty("192.0.2.1");
        attempts.succeeded(attempt(ADA, "192.0.2.1", null));

        assertThat(begin(ADA, "192.0.2.1")).isPositive();
    }

    @Test
    void the_longest_addresses_take_no_more_memory_than_the_shortest() {
        var typed = "x".repeat(16_000);
        var before = usedHeap();

        for (int n = 0; n < REMEMBERED; n++) wrong(n + typed, "10.%d.%d.1".formatted(n / 256, n % 256));

        assertThat(usedHeap() - before).isLessThan(REMEMBERED * 600L);
        assertThat(attempts).isNotNull();
    }

    private static long usedHeap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void failTwenty(String from) {
        for (int guess = 0; guess < 20; guess++) {
            assertThat(wrong(guess + "@example.com", from)).isZero();
        }
    }

    private Duration wrong(String email, String from) {
        var wait = begin(email, from);
        if (wait.isZero()) attempts.failed(attempt(email, from, null));
        return wait;
    }

    private Duration begin(String email, String from) {
        return attempts.begin(attempt(email, from, null));
    }

    private static SignInAttempts.Attempt attempt(String email, String from, @Nullable String device) {
        return new SignInAttempts.Attempt(new EmailAddress(email), ClientNetwork.of(from), device);
    }
}
