package com.flashsale.auth.password;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.groupcommit.OverloadedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordHashingTest {

    static final String PASSWORD = "correct horse battery";

    PasswordHashing hashing = hashing(64, Duration.ofSeconds(20));

    @AfterEach
    void stop() {
        hashing.stop();
    }

    @Test
    void a_password_matches_its_hash_and_no_other_does() {
        var hash = hashing.hash(PASSWORD);

        assertThat(hashing.matches(PASSWORD, hash)).isTrue();
        assertThat(hashing.matches(PASSWORD + "!", hash)).isFalse();
        assertThat(hashing.hash(PASSWORD)).as("salted").isNotEqualTo(hash);
    }

    @Test
    void a_hash_from_before_passwords_were_normalized_still_matches() {
        var decomposed = "pa\u0308sswo\u0308rter sind lang";
        var older = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2).encode(decomposed);

        assertThat(hashing.matches(decomposed, older)).isTrue();
        assertThat(hashing.matches(Normalizer.normalize(decomposed, Normalizer.Form.NFC), older))
                .isTrue();
        assertThat(hashing.matches("passworter sind lang", older)).isFalse();
    }

    @Test
    void nothing_matches_where_there_is_no_account_not_even_the_decoy() {
        assertThat(hashing.matches("nobody's password", null)).isFalse();
    }

    @Test
    void an_unknown_address_takes_as_long_as_a_wrong_password() {
        var hash = hashing.hash(PASSWORD);
        for (int warmUp = 0; warmUp < 10; warmUp++) hashing.matches("wrong", hash);
        var known = Long.MAX_VALUE;
        var unknown = Long.MAX_VALUE;
        for (int turn = 0; turn < 20; turn++) {
            known = Math.min(known, cpuNanosOf(hash));
            unknown = Math.min(unknown, cpuNanosOf(null));
        }

        // processor time and the fastest of each: the cost of the work alone, not of other load
        assertThat((double) unknown / known).isBetween(0.75, 1.33);
    }

    @Test
    void a_flood_is_turned_away_and_never_takes_more_than_two_threads() {
        hashing.stop();
        var others = hashingThreads();
        hashing = hashing(4, Duration.ofSeconds(20));

        var answers = allAtOnce(100, () -> {
            try {
                hashing.hash(PASSWORD);
                return "hashed";
            } catch (OverloadedException full) {
                return "turned away";
            }
        });

        assertThat(answers).filteredOn("hashed"::equals).hasSizeBetween(2, 12);
        assertThat(answers).filteredOn("turned away"::equals).hasSizeGreaterThan(80);
        var ours = hashingThreads();
        ours.removeAll(others);
        assertThat(ours).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_caller_that_waits_too_long_is_turned_away() {
        hashing.stop();
        hashing = hashing(64, Duration.ofMillis(1));

        var answers = allAtOnce(20, () -> {
            try {
                return hashing.hash(PASSWORD);
            } catch (OverloadedException tooLong) {
                return "turned away";
            }
        });

        assertThat(answers).contains("turned away");
    }

    private static Set<Thread> hashingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("password-hashing-"))
                .collect(Collectors.toSet());
    }

    private long cpuNanosOf(String hash) {
        var started = cpuNanos();
        hashing.matches("wrong", hash);
        return cpuNanos() - started;
    }

    private static long cpuNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return hashingThreads().stream()
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.threadId())))
                .sum();
    }

    private static PasswordHashing hashing(int queue, Duration patience) {
        return new PasswordHashing(new HashingSettings(2, queue, patience), new SimpleMeterRegistry());
    }
}
