package com.flashsale.auth;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Lifetimes of issued tokens and codes.
 *
 * @param access access and id tokens of people and machines
 * @param synthetic access tokens of synthetic shoppers: as long as a load test
 * @param code authorization codes: long enough for one redirect
 * @param refresh a chain of refresh tokens, measured from the sign-in
 */
@ConfigurationProperties("auth.tokens")
public record TokenLifetimes(Duration access, Duration synthetic, Duration code, Duration refresh) {

    /** Allowance for clock skew between machines and for the transit of a token. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(30);

    /** How long a key must stay published after its last signature. */
    public Duration longest() {
        return Collections.max(List.of(access, synthetic)).plus(ALLOWANCE);
    }
}
