package com.flashsale.auth.signin;

import com.flashsale.auth.account.Account;
import com.flashsale.auth.account.Accounts;
import com.flashsale.auth.account.EmailAddress;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The person of the browser's session, in words that this person knows. */
@Component
class SessionOwner {

    private final Accounts accounts;

    SessionOwner(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Null without a session. */
    @Nullable
    String nameOf(@Nullable Principal principal) {
        return accountOf(principal)
                .map(account -> account.displayName() != null ? account.displayName() : account.email())
                .orElse(null);
    }

    boolean is(@Nullable Principal principal, @Nullable String email) {
        return email != null
                && accountOf(principal)
                        .map(account -> new EmailAddress(account.email()).key().equals(new EmailAddress(email).key()))
                        .orElse(false);
    }

    private Optional<Account> accountOf(@Nullable Principal principal) {
        return principal == null ? Optional.empty() : accounts.find(UUID.fromString(principal.getName()));
    }
}
