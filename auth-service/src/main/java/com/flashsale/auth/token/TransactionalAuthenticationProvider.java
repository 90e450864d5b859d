package com.flashsale.auth.token;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Exchanges a code or a refresh token in one transaction, under the lock that {@link HashingAuthorizationService}
 * takes. A refusal commits as well: it may have ended a chain of tokens.
 */
final class TransactionalAuthenticationProvider implements AuthenticationProvider {

    private final AuthenticationProvider provider;
    private final TransactionOperations transactions;

    TransactionalAuthenticationProvider(AuthenticationProvider provider, TransactionOperations transactions) {
        this.provider = provider;
        this.transactions = transactions;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        var refusal = new AtomicReference<@Nullable AuthenticationException>();
        var answer = transactions.<@Nullable Authentication>execute(_ -> {
            try {
                return provider.authenticate(request);
            } catch (AuthenticationException refused) {
                refusal.set(refused);
                return null;
            }
        });
        var refused = refusal.get();
        if (refused != null) throw refused;
        return answer;
    }

    @Override
    public boolean supports(Class<?> request) {
        return provider.supports(request);
    }
}
