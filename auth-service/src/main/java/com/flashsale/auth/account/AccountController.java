package com.flashsale.auth.account;

import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.platform.web.ProblemResponses;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AccountController {

    private static final ProblemType EMAIL_TAKEN =
            new ProblemType("email-taken", 409, "This e-mail address has an account already.");

    private final RegisterAccount registerAccount;
    private final Accounts accounts;

    AccountController(RegisterAccount registerAccount, Accounts accounts) {
        this.registerAccount = registerAccount;
        this.accounts = accounts;
    }

    @PostMapping("/api/v1/accounts")
    ResponseEntity<?> register(
            @Valid @RequestBody NewAccount request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key) {
        var command = request.toCommand(key == null ? null : IdempotencyKeys.require(key));
        return switch (registerAccount.register(command)) {
            case RegisterAccount.Registered(var account, var repeated) -> created(account, repeated);
            case RegisterAccount.KeyReused() ->
                ProblemResponses.of(new ProblemException(
                        ProblemTypes.IDEMPOTENCY_KEY_REUSED, "Repeat the first request exactly, or send a new key."));
            case RegisterAccount.EmailTaken() ->
                ProblemResponses.of(new ProblemException(EMAIL_TAKEN, "Sign in, or use another address."));
        };
    }

    private static ResponseEntity<Account> created(Account account, boolean repeated) {
        var response = ResponseEntity.created(URI.create("/api/v1/accounts/" + account.id()));
        return (repeated ? response.header("Idempotency-Replayed", "true") : response).body(account);
    }

    /** The caller's own account; any other account gets a 404. */
    @GetMapping("/api/v1/accounts/{id}")
    Account mine(@PathVariable UUID id, @AuthenticationPrincipal Jwt token) {
        return accounts.find(id)
                .filter(account -> account.id().toString().equals(token.getSubject()))
                .orElseThrow(() -> new ProblemException(ProblemTypes.NOT_FOUND, "You have no such account."));
    }
}
