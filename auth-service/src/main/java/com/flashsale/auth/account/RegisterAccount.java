package com.flashsale.auth.account;

import com.flashsale.auth.password.PasswordHashing;
import com.flashsale.platform.time.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes an account for whoever is first with an address. No transaction: one statement decides, and no connection waits for the hash. */
@Service
public class RegisterAccount {

    public record Command(
            EmailAddress email, String password, @Nullable String displayName) {

        @Override
        public String toString() {
            return "RegisterAccount.Command[…]";
        }
    }

    public sealed interface Outcome {}

    public record Registered(Account account) implements Outcome {}

    public record EmailTaken() implements Outcome {}

    private final Accounts accounts;
    private final PasswordHashing hashing;

    RegisterAccount(Accounts accounts, PasswordHashing hashing) {
        this.accounts = accounts;
        this.hashing = hashing;
    }

    public Outcome register(Command command) {
        var hash = hashing.hash(command.password());
        var account = new Account(Ids.next(), command.email().typed(), command.displayName());
        return accounts.add(account, hash) ? new Registered(account) : new EmailTaken();
    }
}
