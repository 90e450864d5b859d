package com.flashsale.auth.signin;

import com.flashsale.auth.account.Accounts;
import com.flashsale.auth.password.PasswordHashing;
import com.flashsale.platform.groupcommit.OverloadedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Checks a password. Unknown address and wrong password are one outcome, reached in the same time. */
@Service
class SignIn {

    record Command(SignInAttempts.Attempt attempt, String password) {

        @Override
        public String toString() {
            return "SignIn.Command[…]";
        }
    }

    sealed interface Outcome {}

    record SignedIn(UUID account) implements Outcome {}

    record WrongCredentials() implements Outcome {}

    record TooSoon(Duration pause) implements Outcome {}

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final SignInAttempts attempts;
    private final MeterRegistry metrics;

    SignIn(Accounts accounts, PasswordHashing hashing, SignInAttempts attempts, MeterRegistry metrics) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.attempts = attempts;
        this.metrics = metrics;
        // alerts read these counters, so each exists from the start
        List.of(SignedIn.class, WrongCredentials.class, TooSoon.class).forEach(this::counterOf);
    }

    Outcome signIn(Command command) {
        var outcome = check(command);
        counterOf(outcome.getClass()).increment();
        return outcome;
    }

    private Counter counterOf(Class<? extends Outcome> outcome) {
        return metrics.counter("auth.sign.ins", "outcome", outcome.getSimpleName());
    }

    private Outcome check(Command command) {
        var wait = attempts.begin(command.attempt());
        if (wait.isPositive()) return new TooSoon(wait);
        var known = accounts.credentialsOf(command.attempt().email()).orElse(null);
        var matches = matches(command, known);
        if (known == null || !matches) {
            attempts.failed(command.attempt());
            return new WrongCredentials();
        }
        attempts.succeeded(command.attempt());
        return new SignedIn(known.account());
    }

    private boolean matches(Command command, Accounts.@Nullable Credentials known) {
        try {
            return hashing.matches(command.password(), known == null ? null : known.passwordHash());
        } catch (OverloadedException full) {
            // the password was not checked, so the attempt has not failed
            attempts.takeBack(command.attempt());
            throw full;
        }
    }
}
