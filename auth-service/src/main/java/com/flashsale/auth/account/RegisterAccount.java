package com.flashsale.auth.account;

import com.flashsale.auth.password.PasswordHashing;
import com.flashsale.platform.time.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Creates an account; the first request with an address wins. No transaction: one statement decides, and no connection
 * waits for the hash.
 */
@Service
public class RegisterAccount {

    public record Command(
            EmailAddress email,
            String password,
            @Nullable String displayName,
            @Nullable String idempotencyKey) {

        @Override
        public String toString() {
            return "RegisterAccount.Command[…]";
        }
    }

    public sealed interface Outcome {}

    /** @param repeated the account was there already: this request is a repetition of the one that made it */
    public record Registered(Account account, boolean repeated) implements Outcome {}

    public record EmailTaken() implements Outcome {}

    /** The Idempotency-Key made an account with this address before, with another password or name. */
    public record KeyReused() implements Outcome {}

    /** Validity of a key: as long as other services keep the responses of their keys. */
    private static final Duration KEY_COUNTS = Duration.ofDays(3);

    private final Accounts accounts;
    private final PasswordHashing hashing;
    private final Clock clock;

    RegisterAccount(Accounts accounts, PasswordHashing hashing, Clock clock) {
        this.accounts = accounts;
        this.hashing = hashing;
        this.clock = clock;
    }

    public Outcome register(Command command) {
        var hash = hashing.hash(command.password());
        var account = new Account(Ids.next(), command.email().typed(), command.displayName());
        var key = command.idempotencyKey();
        if (accounts.add(account, hash, key)) return new Registered(account, false);
        return key == null ? new EmailTaken() : repeated(command, key);
    }

    /**
     * Compares a repeated request with the account that the first one made. A stranger has no identity yet, so the key
     * belongs to the address. No digest of the request is stored, since it would be a fast hash of the password.
     */
    private Outcome repeated(Command command, String key) {
        var first = accounts.registrationOf(command.email()).orElse(null);
        if (first == null || !first.key().equals(key) || !isRecent(first)) return new EmailTaken();
        var account = first.account();
        var same = account.email().equals(command.email().typed())
                && Objects.equals(account.displayName(), command.displayName())
                && hashing.matches(command.password(), first.passwordHash());
        return same ? new Registered(account, true) : new KeyReused();
    }

    private boolean isRecent(Accounts.Registration first) {
        return first.at().plus(KEY_COUNTS).isAfter(clock.instant());
    }
}
