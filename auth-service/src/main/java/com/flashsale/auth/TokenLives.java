package com.flashsale.auth;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long what is issued lives.
 *
 * @param access access and id tokens of people and machines
 * @param synthetic access tokens of synthetic shoppers: as long as a load test
 * @param code authorization codes: a redirect's time
 * @param refresh a chain of refresh tokens, measured from the sign-in
 */
@ConfigurationProperties("auth.tokens")
public record TokenLives(Duration access, Duration synthetic, Duration code, Duration refresh) {

    /** What clocks may disagree by, and what a token needs on its way. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(30);

    /** For so long after its last signature must a key be known. */
    public Duration longest() {
        return Collections.max(List.of(access, synthetic)).plus(ALLOWANCE);
    }
}
