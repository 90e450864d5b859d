package com.flashsale.auth.signin;

import com.flashsale.auth.account.EmailAddress;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down without letting one person lock another out. An account's failures are counted for each network
 * apart: a stranger's failures make only the stranger wait. A device on which the person has signed in before has a
 * counter of its own and heeds no other. Many failures of one account from everywhere leave one free attempt for each
 * network, never none.
 *
 * <p>Kept in this process, so n replicas allow n times the attempts; the gateway's limits stand in front. An address
 * without an account is counted alike, for otherwise the wait would tell which addresses have one. All counters have
 * keys of 16 bytes.
 */
@Component
class SignInAttempts {

    /** @param device a device on which the account has signed in before; null for any other */
    record Attempt(
            EmailAddress email,
            ClientNetwork network,
            @Nullable String device) {}

    /** The first 16 bytes of a SHA-256: all keys have one size, long input included. */
    private record Key(long high, long low) {}

    /** By then nothing is left to remember: waits are bounded, and so is what can be counted meanwhile. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    /** A 48-bit network may be one subscriber's, or that of many thousand telephones. */
    private static final int NETWORKS_OF_A_SITE = 10;

    private static final int SUSPICIOUS_FREE = 1;

    private final Cache<Key, Failures> counters;
    private final Failures.Allowance account;
    private final Failures.Allowance suspicious;
    private final Failures.Allowance everywhere;
    private final Failures.Allowance network;
    private final Failures.Allowance site;
    private final Clock clock;

    SignInAttempts(SignInSettings settings, Clock clock) {
        this.counters = Caffeine.newBuilder()
                .maximumSize(settings.remembered())
                .expireAfterWrite(FORGOTTEN_AFTER)
                .build();
        var longest = settings.longestWait();
        this.account = new Failures.Allowance(settings.freeAttemptsPerAccount(), longest);
        this.suspicious = new Failures.Allowance(SUSPICIOUS_FREE, longest);
        this.everywhere = new Failures.Allowance(settings.suspiciousAccount(), longest);
        this.network = new Failures.Allowance(settings.freeAttemptsPerNetwork(), longest);
        this.site = new Failures.Allowance(settings.freeAttemptsPerNetwork() * NETWORKS_OF_A_SITE, longest);
        this.clock = clock;
    }

    /**
     * The wait before this attempt is checked. It counts as failed until it succeeds, so that many at once get no more
     * guesses than one after the other. An attempt during a wait counts against the network that makes it.
     */
    Duration begin(Attempt attempt) {
        var now = clock.instant();
        if (attempt.device() == null) {
            var wait = longer(waitOf(networkOf(attempt), network, now), waitOf(siteOf(attempt), site, now));
            if (wait.isPositive()) return wait;
        }
        var wait = count(attempt, now);
        if (wait.isPositive()) failed(attempt);
        return wait;
    }

    private Duration count(Attempt attempt, Instant now) {
        var allowance = allowanceOf(attempt, now);
        var wait = new AtomicReference<>(Duration.ZERO);
        counters.asMap().compute(guessesOf(attempt), (_, known) -> {
            var failures = known != null ? known : Failures.none();
            wait.set(failures.waitAt(now, allowance));
            return wait.get().isPositive() ? failures : failures.oneMore(now, account);
        });
        return wait.get();
    }

    private Failures.Allowance allowanceOf(Attempt attempt, Instant now) {
        if (attempt.device() != null) return account;
        var known = counters.getIfPresent(accountOf(attempt));
        return known != null && known.exceedAt(now, everywhere) ? suspicious : account;
    }

    /** The password was not looked at. */
    void takeBack(Attempt attempt) {
        counters.asMap().computeIfPresent(guessesOf(attempt), (_, known) -> known.count() > 1 ? known.oneLess() : null);
    }

    void failed(Attempt attempt) {
        var now = clock.instant();
        add(accountOf(attempt), everywhere, now);
        if (attempt.device() != null) return;
        add(networkOf(attempt), network, now);
        add(siteOf(attempt), site, now);
    }

    /** The account starts afresh here; the network does not, or one good account would hide a thousand guesses. */
    void succeeded(Attempt attempt) {
        counters.invalidate(guessesOf(attempt));
    }

    private void add(Key key, Failures.Allowance allowance, Instant now) {
        counters.asMap().compute(key, (_, known) -> (known != null ? known : Failures.none()).oneMore(now, allowance));
    }

    private Duration waitOf(Key key, Failures.Allowance allowance, Instant now) {
        var known = counters.getIfPresent(key);
        return known == null ? Duration.ZERO : known.waitAt(now, allowance);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Key guessesOf(Attempt attempt) {
        var device = attempt.device();
        return device != null
                ? key("device", attempt.email().key(), device)
                : key("guesses", attempt.email().key(), attempt.network().subscriber());
    }

    private static Key accountOf(Attempt attempt) {
        return key("account", attempt.email().key(), "");
    }

    private static Key networkOf(Attempt attempt) {
        return key("network", attempt.network().subscriber(), "");
    }

    private static Key siteOf(Attempt attempt) {
        return key("site", attempt.network().site(), "");
    }

    private static Key key(String kind, String what, String where) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((kind + '\n' + where + '\n' + what).getBytes(StandardCharsets.UTF_8));
            var bytes = ByteBuffer.wrap(digest);
            return new Key(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
