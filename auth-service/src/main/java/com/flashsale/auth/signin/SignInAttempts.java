package com.flashsale.auth.signin;

import com.flashsale.auth.account.EmailAddress;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down: by account, whoever asks, and by network address, whatever account. Kept in this process, so n replicas allow n
 * times the attempts; the gateway's limits stand in front of both. An address without an account is counted alike, for otherwise the
 * waiting would tell which addresses have one.
 */
@Component
class SignInAttempts {

    /** By then nothing is left to remember, whatever the count: waits are bounded, and so is what can be counted meanwhile. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final Cache<String, Failures> byAccount;
    private final Cache<String, Failures> byAddress;
    private final Failures.Allowance account;
    private final Failures.Allowance address;
    private final Clock clock;

    SignInAttempts(SignInSettings settings, Clock clock) {
        this.byAccount = cache(settings.remembered());
        this.byAddress = cache(settings.remembered());
        this.account = new Failures.Allowance(settings.freeAttemptsPerAccount(), settings.longestWait());
        this.address = new Failures.Allowance(settings.freeAttemptsPerAddress(), settings.longestWait());
        this.clock = clock;
    }

    private static Cache<String, Failures> cache(int size) {
        return Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(FORGOTTEN_AFTER)
                .build();
    }

    /**
     * How long to wait before this attempt is looked at. An account's attempt counts as failed until it succeeds, so that many at once get no
     * more guesses than one after the other; an address's does not, for a crowd may sit behind it.
     */
    Duration begin(EmailAddress email, String from) {
        var now = clock.instant();
        var known = byAddress.getIfPresent(ClientNetwork.of(from));
        var wait = known == null ? Duration.ZERO : known.waitAt(now, address);
        return wait.isPositive() ? wait : count(email, now);
    }

    private Duration count(EmailAddress email, Instant now) {
        var wait = new AtomicReference<>(Duration.ZERO);
        byAccount.asMap().compute(email.key(), (_, known) -> {
            var failures = known != null ? known : Failures.none();
            wait.set(failures.waitAt(now, account));
            return wait.get().isPositive() ? failures : failures.oneMore(now, account);
        });
        return wait.get();
    }

    void takeBack(EmailAddress email) {
        byAccount.asMap().computeIfPresent(email.key(), (_, known) -> known.oneLess());
    }

    void failed(String from) {
        var now = clock.instant();
        byAddress
                .asMap()
                .compute(
                        ClientNetwork.of(from),
                        (_, known) -> (known != null ? known : Failures.none()).oneMore(now, address));
    }

    /** The account starts afresh; its address does not, or one good account would hide a thousand guesses. */
    void succeeded(EmailAddress email) {
        byAccount.invalidate(email.key());
    }
}
