package com.flashsale.auth.account;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.platform.web.ProblemResponses;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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
    ResponseEntity<?> register(@Valid @RequestBody NewAccount request) {
        return switch (registerAccount.register(request.toCommand())) {
            case RegisterAccount.Registered(var account) ->
                ResponseEntity.created(URI.create("/api/v1/accounts/" + account.id()))
                        .body(account);
            case RegisterAccount.EmailTaken() ->
                ProblemResponses.of(new ProblemException(EMAIL_TAKEN, "Sign in, or use another address."));
        };
    }

    /** One's own account only; all others do not exist. */
    @GetMapping("/api/v1/accounts/{id}")
    Account mine(@PathVariable UUID id, @AuthenticationPrincipal Jwt token) {
        return accounts.find(id)
                .filter(account -> account.id().toString().equals(token.getSubject()))
                .orElseThrow(() -> new ProblemException(ProblemTypes.NOT_FOUND, "You have no such account."));
    }
}
